"""The pages of somebody who installs the app: plain HTML, nothing from elsewhere, what to do next."""

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from urllib.parse import urlencode

STYLE = (
    "body{font:17px/1.55 system-ui,sans-serif;max-width:36rem;margin:0 auto;padding:2rem 1.25rem;"
    "color:#1d2a33;background:#fff}"
    "h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2rem}li{margin:.4rem 0}"
    "a{color:#0b5a8a}a.go{display:inline-block;padding:.7rem 1.3rem;border-radius:.4rem;"
    "background:#1f3a4d;color:#fff;text-decoration:none;font-weight:600}"
    "a:focus-visible{outline:3px solid #e0912f;outline-offset:3px}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# The one style of these pages and nothing else: no script, no picture, no frame.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
INSTALL = "/slack/install"
AGAIN = f'<p><a class="go" href="{INSTALL}">Start the installation</a></p>'
WHO_SEES = (
    "<h2>Who sees what</h2>"
    "<ul><li>A direct message with the app is between that person and the app, until the person asks for a "
    "consultant: then our consultants see it too.</li>"
    "<li>In a channel, everybody in that channel sees questions and answers.</li>"
    "<li>The app reads the channels it has been invited to, and keeps only what was said to it.</li></ul>"
)


@dataclass(frozen=True)
class Page:
    """One page and the status it comes with."""

    status: int
    html: str


class Failure(StrEnum):
    """Why an installation did not come about; these are label values of a metric."""

    DECLINED = "declined"
    REFUSED_BY_SLACK = "refused_by_slack"
    NO_STATE = "no_state"
    OTHER_BROWSER = "other_browser"
    STATE_OVER = "state_over"
    CODE_REFUSED = "code_refused"
    SLACK_AWAY = "slack_away"
    ORG_WIDE = "org_wide"
    NOT_STORED = "not_stored"


@dataclass(frozen=True)
class Told:
    """What a page of failure says: the title, what happened, and what to do."""

    status: int
    title: str
    happened: str
    do: str


FAILURES = {
    Failure.DECLINED: Told(
        200,
        "Nothing was installed",
        "You chose not to give the app access, so nothing was changed in your workspace.",
        "You can close this page, or start again whenever you like.",
    ),
    Failure.REFUSED_BY_SLACK: Told(
        400,
        "Slack did not allow the installation",
        "Slack sent you back without giving the app access. In some workspaces only certain people may add "
        "apps.",
        "Ask an administrator of your workspace to approve the app, then start again.",
    ),
    Failure.NO_STATE: Told(
        400,
        "Please start the installation here",
        "You arrived from a page that is not the beginning of an installation, such as Slack's own page of "
        "apps. For your safety the app is only installed by someone who started here.",
        "Start the installation with the button below, and allow the app once more.",
    ),
    Failure.OTHER_BROWSER: Told(
        400,
        "This installation was started elsewhere",
        "It did not begin in this browser, or cookies are switched off. To be sure that it was you who "
        "started it, nothing was installed.",
        "Start again and stay in this browser until the end.",
    ),
    Failure.STATE_OVER: Told(
        400,
        "This page is no longer good",
        "An installation can be finished once, within ten minutes of its start; this one was finished "
        "already or took longer.",
        "If the app is not in your workspace yet, start again.",
    ),
    Failure.CODE_REFUSED: Told(
        400,
        "Slack did not confirm the installation",
        "The confirmation that came with this page was not accepted by Slack. It may be too old, or used "
        "already.",
        "Start again.",
    ),
    Failure.SLACK_AWAY: Told(
        502,
        "Slack cannot be reached just now",
        "You allowed the app, but Slack did not answer when we asked it to confirm. Nothing was installed.",
        "Wait a few minutes and start again.",
    ),
    Failure.ORG_WIDE: Told(
        400,
        "Please install the app in one workspace",
        "You chose to install the app for a whole Enterprise organisation, which it cannot do yet. "
        "Nothing was kept.",
        "Remove the app from the organisation, then start again and choose a single workspace.",
    ),
    Failure.NOT_STORED: Told(
        503,
        "The installation could not be kept",
        "Slack has confirmed it, but our side could not store it just now.",
        "Wait a few minutes and start again; doing so twice does no harm.",
    ),
}


def install_page(authorize_url: str) -> Page:
    """Return the page with the button that leads to Slack's page of consent."""
    return _page(
        200,
        "Add the Virtual CIO to your Slack workspace",
        "<p>It answers questions about information technology and information management from our "
        "methodology, with the source beside every statement, and brings a consultant for what a person "
        "should decide.</p>"
        f'<p><a class="go" href="{escape(authorize_url)}">Add to Slack</a></p>'
        "<p>Slack asks you next which workspace it is for and shows what the app may do there. You may need "
        "an administrator's approval.</p>" + WHO_SEES,
    )


def success_page(*, team_name: str, team_id: str, app_id: str) -> Page:
    """Return the page after an installation."""
    link = "https://slack.com/app_redirect?" + urlencode({"app": app_id, "team": team_id})
    return _page(
        200,
        f"The Virtual CIO is installed in {team_name}",
        "<p>It is ready now. What to do next:</p>"
        "<ol><li>Open it in Slack and ask something in its Messages tab.</li>"
        "<li>Invite it to a channel: write <b>/invite @Virtual CIO</b> there, then mention it with a "
        "question.</li>"
        "<li>Tell your colleagues that it is there, and that a consultant is one press away.</li></ol>"
        f'<p><a class="go" href="{escape(link)}">Open in Slack</a></p>'
        + WHO_SEES
        + "<p>To take it away again, remove the app from your workspace in Slack; it then stops at once.</p>",
    )


def failure_page(failure: Failure) -> Page:
    """Return the page that says what happened instead, and what to do."""
    told = FAILURES[failure]
    return _page(told.status, told.title, f"<p>{told.happened}</p><p>{told.do}</p>{AGAIN}")


def _page(status: int, title: str, body: str) -> Page:
    return Page(
        status,
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main><h1>{escape(title)}</h1>{body}</main></body></html>",
    )
