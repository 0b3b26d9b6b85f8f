"""What `vcio doctor` says of OAuth and of each workspace that installed the app."""

from datetime import UTC, datetime

from cryptography.fernet import Fernet

from bot.database import Database
from bot.engagement.installs import Installation
from bot.settings import Settings, ignore_environment
from bot.slack.install_health import installation_findings, oauth_finding
from bot.slack.scopes import NEEDED_SCOPES
from bot.slack.sealing import Seal

KEY = Fernet.generate_key().decode()
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def settings(**values: str) -> Settings:
    return ignore_environment(**values)


async def stored(
    database: Database, team: str, *, key: str = KEY, scopes: str = "", gone: bool = False
) -> None:
    async with database.unit_of_work() as session:
        session.add(
            Installation(
                team_id=team,
                team_name=f"Name of {team}",
                app_id="A1",
                bot_id="B1",
                bot_user_id="U1",
                token=Seal((key,)).close("xoxb-1"),
                scopes=scopes or ",".join(NEEDED_SCOPES),
                installed_by="U2",
                installed_at=AT,
                gone_at=AT if gone else None,
            )
        )


def test_without_oauth_there_is_nothing_to_say() -> None:
    assert oauth_finding(settings()) is None
    assert oauth_finding(settings(vcio_encryption_key=KEY)) is None


def test_half_of_oauth_blocks_and_names_what_is_missing() -> None:
    for given, missing in (
        ({"slack_client_id": "1.2"}, ("SLACK_CLIENT_SECRET", "VCIO_ENCRYPTION_KEY")),
        ({"slack_client_secret": "s", "vcio_encryption_key": KEY}, ("SLACK_CLIENT_ID",)),
        ({"slack_client_id": "1.2", "slack_client_secret": "s"}, ("VCIO_ENCRYPTION_KEY",)),
    ):
        finding = oauth_finding(settings(**given))
        assert finding is not None
        assert finding.blocking
        assert all(name in finding.state for name in missing)
        assert ("secrets.token_bytes" in finding.cure) == ("VCIO_ENCRYPTION_KEY" in missing)


def test_the_whole_of_oauth_is_well() -> None:
    finding = oauth_finding(settings(slack_client_id="1.2", slack_client_secret="s", vcio_encryption_key=KEY))
    assert finding is not None
    assert (finding.state, finding.cure) == ("set up", "")


async def test_each_installation_is_listed_as_it_stands(database: Database) -> None:
    await stored(database, "T0GOOD")
    await stored(database, "T0GONE", gone=True)
    await stored(database, "T0LOST", key=Fernet.generate_key().decode())
    await stored(database, "T0LESS", scopes="chat:write")
    findings = await installation_findings(settings(vcio_encryption_key=KEY), database)
    by_team = {finding.check.rsplit("(", 1)[1].rstrip(")"): finding for finding in findings}
    assert by_team["T0GOOD"].state == "since 2026-11-02, in use"
    assert by_team["T0GOOD"].cure == ""
    assert "gone since 2026-11-02" in by_team["T0GONE"].state
    assert "cannot be read" in by_team["T0LOST"].state
    assert "VCIO_ENCRYPTION_KEY" in by_team["T0LOST"].cure
    assert "commands" in by_team["T0LESS"].state
    assert not any(finding.blocking for finding in findings)
    assert "Name of T0GOOD" in by_team["T0GOOD"].check


async def test_installations_without_any_key_block(database: Database) -> None:
    await stored(database, "T0LOST")
    (finding,) = await installation_findings(settings(), database)
    assert finding.blocking
    assert "VCIO_ENCRYPTION_KEY" in finding.cure
