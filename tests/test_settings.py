from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.errors import SetupError
from bot.settings import ignore_environment, load_settings


@pytest.fixture(autouse=True)
def _empty_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no .env of the machine may decide a test."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "VCIO_DATA_DIR", "VCIO_DATABASE_URL", "VCIO_PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("slack_bot_token", "abc", "xoxb-"),
        ("slack_app_token", "xoxb-1", "xapp-"),
        ("slack_api_url", "slack.com", "'slack.com'"),
        ("vcio_timezone", "Mars/Base", "'Mars/Base'"),
        ("vcio_country", "Britain", "VCIO_COUNTRY"),
        ("vcio_port", "70000", "VCIO_PORT"),
        ("vcio_database_url", "mysql://root@host/x", "postgresql://"),
        ("vcio_chroma_url", "chroma", "'chroma'"),
        ("vcio_log_format", "xml", "VCIO_LOG_FORMAT"),
        ("vcio_keep_workflows", "0", "VCIO_KEEP_WORKFLOWS"),
        ("vcio_thinkers", "-1", "VCIO_THINKERS"),
    ],
)
def test_a_wrong_value_is_named_with_the_way_to_mend_it(name: str, value: str, said: str) -> None:
    with pytest.raises(SetupError) as refused:
        load_settings(**{name: value})
    assert name.upper() in str(refused.value)
    assert said in str(refused.value)
    assert ".env" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_secret_is_never_quoted_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "secret-that-is-wrong")
    with pytest.raises(SetupError) as refused:
        load_settings()
    assert "secret-that-is-wrong" not in str(refused.value)
    settings = ignore_environment(slack_bot_token="xoxb-hidden")
    assert "xoxb-hidden" not in repr(settings)


def test_a_blank_variable_is_unset_and_the_dotenv_file_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("VCIO_FIRM_NAME=Lantern\nVCIO_PORT=\n", "utf-8")
    monkeypatch.setenv("SLACK_APP_TOKEN", "  ")
    settings = load_settings()
    assert settings.vcio_firm_name == "Lantern"
    assert settings.slack_app_token is None
    assert settings.vcio_port is None


def test_the_database_is_sqlite_in_the_data_directory_or_what_is_named() -> None:
    assert str(ignore_environment(vcio_data_dir=Path("here")).database_url).endswith("here/vcio.sqlite3")
    named = ignore_environment(vcio_database_url="postgresql://u:p@host/name")
    assert named.database_url.drivername == "postgresql+psycopg"
    assert named.executor_id != "vcio"


def test_an_encryption_key_that_is_none_is_refused_with_the_way_to_make_one() -> None:
    good = Fernet.generate_key().decode()
    with pytest.raises(SetupError, match=r"VCIO_ENCRYPTION_KEY .*key 2 .*token_bytes"):
        load_settings(vcio_encryption_key=f"{good},too-short")
    assert load_settings(vcio_encryption_key=f" {good} , ").encryption_keys == (good,)
    assert load_settings(vcio_encryption_key="").encryption_keys == ()


def test_the_demo_takes_nothing_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-real")
    monkeypatch.setenv("VCIO_DATABASE_URL", "postgresql://real/one")
    settings = ignore_environment()
    assert settings.slack_bot_token is None
    assert settings.vcio_database_url is None
