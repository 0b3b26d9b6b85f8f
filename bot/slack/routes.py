"""Every listener with what it needs, connected to Bolt's app; the last routes take whatever nobody knows."""

from slack_bolt.async_app import AsyncApp

from bot.database import Database
from bot.slack import consent_ids, hours_ids, work_ids
from bot.slack.actions import Actions
from bot.slack.assessment import Assessments
from bot.slack.browsing import Browsing
from bot.slack.card_actions import CardActions
from bot.slack.client_actions import ClientForms, register_clients
from bot.slack.client_pool import ClientPool
from bot.slack.commands import Commands
from bot.slack.consent_actions import ConsentActions, register_consents
from bot.slack.decision_actions import DecisionActions, register_decisions
from bot.slack.desk_home import DeskHome
from bot.slack.end_actions import ServiceEnds, register_ends
from bot.slack.firm_form import FirmProfileForm
from bot.slack.gap_actions import GapActions, register_gaps
from bot.slack.hands_actions import HandsActions
from bot.slack.home import HomeActions
from bot.slack.hours_actions import HoursActions
from bot.slack.hours_routes import register_hours
from bot.slack.identity import SlackDirectory
from bot.slack.knowledge_actions import KnowledgeActions, register_knowledge
from bot.slack.member_routes import register_members
from bot.slack.membership import Membership
from bot.slack.outcome_actions import OutcomeActions, register_outcomes
from bot.slack.pack_actions import PackActions, register_packs
from bot.slack.register import register, register_assessment, register_home
from bot.slack.request_actions import RequestActions
from bot.slack.resolve_actions import ResolveActions
from bot.slack.shelf import Shelf
from bot.slack.shortcuts import Shortcuts
from bot.slack.status import Status
from bot.slack.ticket_routes import register_tickets
from bot.slack.verdict_actions import VerdictActions
from bot.slack.voice_actions import Voices, register_voices
from bot.slack.work_actions import WorkActions
from bot.slack.work_routes import register_hands, register_work


def connect(
    app: AsyncApp,
    pool: ClientPool,
    database: Database,
    directory: SlackDirectory,
    shelf: Shelf,
    fixed_name: str | None = None,
) -> None:
    """Connect every route; `fixed_name` is the firm's name where the settings give it one."""
    register_home(
        app,
        HomeActions(database, directory),
        Browsing(database, directory, shelf),
        Shortcuts(database, directory, Membership(pool)),
    )
    register_assessment(app, Assessments(database, directory, shelf))
    register_clients(app, ClientForms(database, directory, Membership(pool)))
    register_ends(app, ServiceEnds(database, directory))
    consents = ConsentActions(database, directory)
    register_consents(app, consents)
    work = WorkActions(database, directory)
    hours = HoursActions(database, directory)
    register_hours(app, hours)
    register_tickets(
        app,
        CardActions(
            database,
            directory,
            {
                consent_ids.ASK_HOURS: consents.show_for,
                hours_ids.LOG_TIME: hours.show_form_for,
                work_ids.MORE_THAN: work.show_begin,
            },
        ),
        ResolveActions(database, directory),
        RequestActions(database, directory),
    )
    register_hands(app, HandsActions(database, directory))
    register_work(app, work, VerdictActions(database, directory))
    register_knowledge(app, KnowledgeActions(database, directory, shelf))
    register_outcomes(app, OutcomeActions(database, directory))
    register_decisions(app, DecisionActions(database, directory, Membership(pool)))
    register_voices(app, Voices(database, directory, shelf))
    register_gaps(app, GapActions(database, directory, shelf))
    register_packs(app, PackActions(database, directory))
    status = Status(database, directory)
    desk = DeskHome(database, directory, pool)
    register_members(app, desk, FirmProfileForm(database, directory, fixed_name), status)
    register(app, pool, Actions(database, directory, shelf), Commands(database, status, hours))
