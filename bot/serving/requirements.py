"""What each way of serving needs of the settings, each refusal with its cure."""

from dataclasses import dataclass

from pydantic import SecretStr

from bot.errors import SetupError
from bot.settings import MAKE_KEY, Settings

DEFAULT_PORT = 3000
BASIC_INFORMATION = "the app's Basic Information page, App Credentials"


@dataclass(frozen=True)
class OAuthSecrets:
    """What installing into other workspaces takes."""

    client_id: str
    client_secret: str


@dataclass(frozen=True)
class HttpSetup:
    """Checked settings of HTTP mode; `oauth` is None where only the firm's own workspace is served."""

    port: int
    signing_secrets: tuple[str, ...]
    oauth: OAuthSecrets | None


def http_setup(settings: Settings) -> HttpSetup:
    """Return what `vcio serve --http` runs with; raises `SetupError`."""
    secrets = _signing_secrets(settings.slack_signing_secret)
    oauth = _oauth(settings)
    if oauth is None and settings.slack_bot_token is None:
        raise SetupError(
            "Neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set: put the bot token "
            "(xoxb-...) of your one workspace into .env, or the client id and secret to install into many."
        )
    return HttpSetup(settings.vcio_port or DEFAULT_PORT, secrets, oauth)


def required_tokens(settings: Settings) -> tuple[str, str]:
    """Return bot and app token, as Socket Mode needs them; raises `SetupError` that says where to get one."""
    if settings.slack_bot_token is None:
        raise SetupError(
            "SLACK_BOT_TOKEN is not set: copy the Bot User OAuth Token (xoxb-...) from the app's "
            "OAuth & Permissions page into .env, or try `vcio demo`, which needs none."
        )
    if settings.slack_app_token is None:
        raise SetupError(
            "SLACK_APP_TOKEN is not set: make an app-level token (xapp-...) with connections:write on the "
            "app's Basic Information page and put it into .env."
        )
    return settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()


def _signing_secrets(given: SecretStr | None) -> tuple[str, ...]:
    """The secret, or two of them, comma-separated, while Slack's rotation of it lasts."""
    listed = given.get_secret_value().split(",") if given else []
    secrets = tuple(secret.strip() for secret in listed if secret.strip())
    if not secrets:
        raise SetupError(
            "SLACK_SIGNING_SECRET is not set, and without it nobody can tell who sends a request: copy the "
            f"Signing Secret from {BASIC_INFORMATION}, into .env."
        )
    return secrets


def _oauth(settings: Settings) -> OAuthSecrets | None:
    client_id, secret = settings.slack_client_id, settings.slack_client_secret
    if client_id is None and secret is None:
        return None
    if client_id is None or secret is None:
        missing = "SLACK_CLIENT_ID" if client_id is None else "SLACK_CLIENT_SECRET"
        raise SetupError(
            f"{missing} is not set, but the other half of it is: copy both from {BASIC_INFORMATION}, "
            "into .env, or leave both out to serve one workspace."
        )
    if settings.vcio_encryption_key is None:
        raise SetupError(
            "VCIO_ENCRYPTION_KEY is not set, and tokens of other workspaces are only kept encrypted: "
            f"make one with `{MAKE_KEY}`, put it into .env and keep a copy elsewhere."
        )
    return OAuthSecrets(client_id, secret.get_secret_value())
