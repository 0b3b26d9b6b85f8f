"""The terms of a program without an open database: the firm's where there are any, else the shipped ones."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import URL

from bot.clock import utc_now
from bot.database import Database
from bot.engagement.models import Term
from bot.engagement.terms import shipped_terms, state_term
from bot.errors import SetupError
from bot.settings import Settings, ignore_environment
from bot.stored_terms import stored_terms


def at(url: URL, folder: Path) -> Settings:
    address = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
    return ignore_environment(vcio_data_dir=folder, vcio_database_url=SecretStr(address))


async def test_the_firms_terms_are_read_also_where_a_loop_runs(
    database: Database, database_url: URL, tmp_path: Path
) -> None:
    async with database.unit_of_work() as session:
        await state_term(session, Term.NOTICE, "60 days", confirmed=True, actor="U1", now=utc_now())
    read = stored_terms(at(database_url, tmp_path))
    assert read[Term.NOTICE].spoken == "60 days"
    assert read[Term.START] == shipped_terms()[Term.START]


def test_without_a_database_the_shipped_ones_hold_and_none_is_made(tmp_path: Path) -> None:
    settings = ignore_environment(vcio_data_dir=tmp_path)
    assert stored_terms(settings) == shipped_terms()
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_knows_no_terms_yet_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "vcio.sqlite3"
    file.touch()
    assert stored_terms(ignore_environment(vcio_data_dir=tmp_path)) == shipped_terms()


def test_a_database_that_does_not_answer_is_an_error_and_no_reason_to_forget_the_terms(
    tmp_path: Path,
) -> None:
    url = URL.create("postgresql", username="u", host="127.0.0.1", port=9, database="d")
    with pytest.raises(SetupError, match="VCIO_DATABASE_URL"):
        stored_terms(at(url, tmp_path))
