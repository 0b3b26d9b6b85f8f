"""Every setting of the program, read from the environment and `.env` in this one place."""

import os
import re
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SetupError

SLACK_API = "https://slack.com/api/"
MAKE_KEY = (
    'python -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"'
)
TOKEN_PREFIX = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}


class Settings(BaseSettings):
    """The configuration of one process; field names are the environment's in lower case.

    Build it with `load_settings`, which turns a refusal into a `SetupError` that says the cure.
    """

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = SLACK_API
    vcio_data_dir: Path = Path("./data")
    vcio_database_url: SecretStr | None = None
    vcio_chroma_url: str | None = None
    vcio_llm: str | None = Field(default=None, pattern=r"^[a-z0-9_]+:\S+$")
    vcio_llm_seconds: float = Field(default=20.0, ge=1, le=40)
    vcio_llm_tokens: int = Field(default=8_000, ge=500)
    vcio_llm_cost: float | None = Field(default=None, ge=0)
    vcio_llm_person_tokens: int | None = Field(default=200_000, ge=0)
    vcio_llm_person_cost: float | None = Field(default=None, ge=0)
    vcio_llm_client_tokens: int | None = Field(default=10_000_000, ge=0)
    vcio_llm_client_cost: float | None = Field(default=None, ge=0)
    vcio_llm_month_tokens: int | None = Field(default=None, ge=0)
    vcio_llm_month_cost: float | None = Field(default=None, ge=0)
    vcio_llm_price_in: float = Field(default=0.0, ge=0)
    vcio_llm_price_out: float = Field(default=0.0, ge=0)
    vcio_embedding_model: str | None = None
    vcio_desk_channel: str | None = None
    vcio_firm_name: str | None = None
    vcio_firm_team_id: str | None = None
    vcio_port: int | None = Field(default=None, ge=1, le=65535)
    vcio_encryption_key: SecretStr | None = None
    vcio_executor_id: str | None = None
    vcio_thinkers: int | None = Field(default=None, ge=0, le=8)
    vcio_timezone: str = "UTC"
    vcio_country: str = Field(default="GB", pattern=r"^[A-Z]{2}$")
    vcio_keep_workflows: int = Field(default=7, ge=1)
    vcio_log_format: Literal["console", "json"] = "console"
    vcio_auto_migrate: bool = True

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: object, info: object) -> object:
        """Treat `NAME=` in `.env` as unset, which is what people mean by it."""
        field = cls.model_fields[info.field_name]  # type: ignore[attr-defined]
        if isinstance(value, str) and not value.strip():
            return field.get_default(call_default_factory=True)
        return value.strip() if isinstance(value, str) else value

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _token_prefix(cls, value: SecretStr | None, info: object) -> SecretStr | None:
        name: str = info.field_name  # type: ignore[attr-defined]
        prefix = TOKEN_PREFIX[name]
        if value is not None and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"must begin with {prefix!r}: copy it again from the app's settings page")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not re.match(r"https?://[^\s/]+/", value if value.endswith("/") else value + "/"):
            raise ValueError(f"{value!r} is not a web address: use one like {SLACK_API!r}")
        return value if value.endswith("/") else value + "/"

    @field_validator("vcio_chroma_url")
    @classmethod
    def _chroma_url(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s/:]+(:\d+)?/?", value):
            raise ValueError(f"{value!r} is not a server address: use one like 'http://chroma:8000'")
        return value

    @field_validator("vcio_database_url")
    @classmethod
    def _database_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        try:
            backend = make_url(value.get_secret_value()).get_backend_name()
        except ArgumentError:
            backend = ""
        if backend not in {"sqlite", "postgresql"}:
            raise ValueError(
                "is not an SQLite or PostgreSQL address: use 'postgresql://user:password@host/name'"
            )
        return value

    @field_validator("vcio_encryption_key")
    @classmethod
    def _encryption_key(cls, value: SecretStr | None) -> SecretStr | None:
        for number, key in enumerate(keys_of(value), start=1):
            try:
                Fernet(key)
            except ValueError:
                raise ValueError(
                    f"is not usable: key {number} is not 32 bytes in URL-safe Base64. "
                    f"Make one with `{MAKE_KEY}`"
                ) from None
        return value

    @field_validator("vcio_timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is not a time zone: use a name like 'Europe/London'") from error
        return value

    @property
    def database_url(self) -> URL:
        """The async SQLAlchemy address: SQLite in the data directory unless one is set."""
        if self.vcio_database_url is None:
            return URL.create("sqlite", database=str(self.vcio_data_dir / "vcio.sqlite3"))
        url = make_url(self.vcio_database_url.get_secret_value())
        driver = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
        return url.set(drivername=driver)

    @property
    def encryption_keys(self) -> tuple[str, ...]:
        """The keys for tokens at rest, newest first; none where only one workspace is served."""
        return keys_of(self.vcio_encryption_key)

    @property
    def executor_id(self) -> str:
        """The stable name of this replica, owner of its leases."""
        if self.vcio_executor_id:
            return self.vcio_executor_id
        if self.database_url.get_backend_name() == "sqlite":
            return "vcio"
        return socket.gethostname()

    @property
    def thinkers(self) -> int:
        """How many processes think out answers beside `vcio serve`; none where there is one core for all."""
        if self.vcio_thinkers is not None:
            return self.vcio_thinkers
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return 1 if cores > 1 else 0

    @property
    def keep_finished(self) -> timedelta:
        """How long finished deliveries are kept before the daily sweep deletes them."""
        return timedelta(days=self.vcio_keep_workflows)

    def isolated(self, **changes: Any) -> Self:
        """Return a checked copy with `changes`, as the demo uses it."""
        return type(self)(**{**dict(self), **changes})


def lend_provider_variables() -> None:
    """Put what `.env` says for a model's provider (its key, its address) where the provider's package looks.

    The environment wins, as it does for our own settings.
    """
    path = Path(str(Settings.model_config["env_file"]))
    for name, value in dotenv_values(path, encoding="utf-8").items() if path.is_file() else ():
        if value and name.lower() not in Settings.model_fields:
            os.environ.setdefault(name, value)


def others_environment() -> dict[str, str]:
    """Return the environment without our settings: neither Slack's tokens nor the database's address."""
    return {
        name: value for name, value in os.environ.items() if not name.upper().startswith(("SLACK_", "VCIO_"))
    }


def keys_of(value: SecretStr | None) -> tuple[str, ...]:
    """Return the keys of a comma-separated list."""
    listed = value.get_secret_value().split(",") if value else []
    return tuple(key.strip() for key in listed if key.strip())


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; `overrides` win over the environment.

    Raises `SetupError` naming the variable and the cure when one does not fit.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        reason = first["msg"].removeprefix("Value error, ")
        raise SetupError(f"{name} {reason}. Mend it in the environment or in .env.") from None
    except UnicodeDecodeError as error:
        raise SetupError(f".env is not UTF-8 text ({error.reason}): save it as UTF-8.") from error


def ignore_environment(**values: Any) -> Settings:
    """Build settings from `values` alone: nothing of the environment or `.env` gets in (for the demo)."""

    class Closed(Settings):
        @classmethod
        def settings_customise_sources(cls, settings_cls, init_settings, **_: object):  # type: ignore[no-untyped-def, override]
            return (init_settings,)

    return Closed(**values)
