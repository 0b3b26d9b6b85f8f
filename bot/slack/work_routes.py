"""The route table of agreed work: what its clients press and send, and what the desk does with it."""

from slack_bolt.async_app import AsyncApp

from bot.slack import work_ids
from bot.slack import work_texts as said
from bot.slack.hands_actions import HandsActions
from bot.slack.register import after_ack, after_form, after_work
from bot.slack.verdict_actions import VerdictActions
from bot.slack.work_actions import WorkActions


def register_hands(app: AsyncApp, hands: HandsActions) -> None:
    """Connect the ways to ask for work; call it before `register`, whose last routes take all."""
    app.action(work_ids.HANDS_FORM)(after_ack(hands.open_form))
    app.action(work_ids.HANDS_MORE)(after_ack(hands.tell_more))
    app.view(work_ids.HANDS_VIEW)(after_form(hands.submit, said.NOT_STORED))


def register_work(app: AsyncApp, desk: WorkActions, decisions: VerdictActions) -> None:
    """Connect what the desk and the client do with work; call it before `register` too."""
    shown = {
        work_ids.PROPOSE: desk.show_proposal,
        work_ids.MILESTONES: desk.show_milestones,
        work_ids.STATUS: desk.show_status,
        work_ids.COMPLETE: desk.show_complete,
        work_ids.OPEN_PROPOSAL: decisions.open_proposal,
        work_ids.OPEN_RESULT: decisions.open_result,
        work_ids.CHANGES: decisions.ask_changes,
        work_ids.DECLINE: decisions.decline,
        work_ids.MISSING: decisions.missing,
    }
    for action_id, handler in shown.items():
        app.action(action_id)(after_ack(handler))
    app.action(work_ids.ACCEPT)(after_work(decisions.accept))
    app.action(work_ids.ACCEPT_RESULT)(after_work(decisions.accept_result))
    app.action(work_ids.RESOLVE)(after_work(desk.resolve))
    sent = {
        work_ids.BEGIN_VIEW: desk.submit_begin,
        work_ids.PROPOSE_VIEW: desk.submit_proposal,
        work_ids.MILESTONES_VIEW: desk.submit_milestones,
        work_ids.STATUS_VIEW: desk.submit_status,
        work_ids.COMPLETE_VIEW: desk.submit_complete,
        work_ids.CHANGES_VIEW: decisions.submit_changes,
        work_ids.DECLINE_VIEW: decisions.submit_decline,
        work_ids.MISSING_VIEW: decisions.submit_missing,
    }
    for callback_id, form in sent.items():
        app.view(callback_id)(after_form(form, said.NOT_STORED))
