"""`vcio forget` and `vcio export`: what is erased or handed over, from the terminal."""

import asyncio
import json
from pathlib import Path

from bot.administration import opened
from bot.clock import utc_now
from bot.engagement import clients
from bot.engagement.models import Person
from bot.settings import ignore_environment
from tests.cli.conftest import Vcio


async def with_ana(vcio: Vcio) -> None:
    now = utc_now()
    settings = ignore_environment(vcio_data_dir=vcio.data)
    async with opened(settings) as database, database.unit_of_work() as session:
        for key in ("acme", "other"):
            client = await clients.require(session, key)
            user = f"U01{key.upper()}"
            session.add(
                Person(team_id="T1", user_id=user, client_id=client.id, name=f"Ana of {key}", created_at=now)
            )


def test_a_person_is_forgotten_with_the_proof(bare: Vcio) -> None:
    for name in ("Acme", "Other"):
        bare("clients", "add", name)
    asyncio.run(with_ana(bare))
    assert "There is no person" in bare.refusal("forget", "U99", "--yes")
    told = bare("forget", "U01ACME", "--yes").stdout
    assert "Forgotten: T1/U01ACME" in told
    assert "neither the id nor the name is found" in told
    assert [each["name"] for each in bare.json("people", "list", "--json")] == [
        "Forgotten person",
        "Ana of other",
    ]


def test_forgetting_asks_first(bare: Vcio) -> None:
    bare("clients", "add", "Acme")
    refused = bare("forget", "acme")
    assert refused.exit_code == 1
    assert bare.json("clients", "show", "acme", "--json")["name"] == "Acme"


def test_a_client_is_exported_alone_and_then_forgotten(bare: Vcio, tmp_path: Path) -> None:
    for name in ("Acme", "Other"):
        bare("clients", "add", name, "--it-support", f"{name} support")
    asyncio.run(with_ana(bare))
    out = tmp_path / "held"
    told = bare("export", "acme", "--out", out).stdout
    assert "2 rows" in told
    rows = [json.loads(line) for file in out.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    assert {row["name"] for row in rows} == {"Acme", "Ana of acme"}
    assert oct(out.stat().st_mode)[-3:] == "700"
    assert "holds something already" in bare.refusal("export", "acme", "--out", out)
    gone = bare.json("forget", "acme", "--yes", "--json")
    assert gone["gone"]["people"] == 1
    assert gone["traces"] == {}
    assert [each["key"] for each in bare.json("clients", "list", "--json")] == ["erased-1", "other"]


def test_a_client_says_for_how_long_its_conversations_are_kept(bare: Vcio) -> None:
    bare("clients", "add", "Acme")
    as_shipped = {"client": "acme", "keep_days": None, "personal": "hidden"}
    assert bare.json("clients", "privacy", "acme", "--json") == as_shipped
    changed = bare.json("clients", "privacy", "acme", "--keep-days", "90", "--personal", "shown", "--json")
    assert changed == {"client": "acme", "keep_days": 90, "personal": "shown"}
    assert "90 days" in bare("clients", "privacy", "acme").stdout
    for absurd in ("0", "-1", "1.5", "40000", "x"):
        assert absurd in bare.refusal("clients", "privacy", "acme", "--keep-days", absurd)
    assert bare.json("clients", "privacy", "acme", "--keep-days", "", "--json")["keep_days"] is None
