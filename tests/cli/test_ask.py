"""`vcio ask` and `vcio search`: one question, for people and for scripts."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.answering.types import Outcome, Reason
from tests.cli.conftest import Vcio, one_line, write_lines

BACKUP = "What is the 3-2-1-1-0 backup rule?"
KEYS = {
    "id": str, "outcome": str, "answer": str, "citations": list, "confidence": float, "reason": str,
    "org_size": (str, type(None)), "ms": float,
}  # fmt: skip


def check_shape(answer: dict[str, Any]) -> None:
    assert list(answer) == list(KEYS)
    assert all(isinstance(answer[key], kind) for key, kind in KEYS.items())  # type: ignore[arg-type]
    assert answer["outcome"] in list(Outcome)
    assert answer["reason"] in list(Reason)
    assert answer["org_size"] in ("small", "medium", "large", None)
    assert 0 <= answer["confidence"] <= 1
    for citation in answer["citations"]:
        assert list(citation) == ["slug", "title", "section", "score"]
        assert isinstance(citation["score"], float)


def test_the_json_of_an_answer_has_the_keys_and_types_of_the_contract(vcio: Vcio) -> None:
    answer = vcio.json("ask", BACKUP, "--json")
    check_shape(answer)
    assert (answer["id"], answer["outcome"], answer["org_size"]) == ("q1", "answer", None)
    assert answer["citations"][0]["slug"] == "backup-and-disaster-recovery"
    assert "three copies" in answer["answer"]


@pytest.mark.parametrize(
    ("question", "outcome"),
    [("Which football team will win on Saturday?", "decline"), ("", "clarify"), ("\U0001f600", "clarify")],
    ids=["off topic", "empty", "emoji"],
)
def test_the_json_has_the_same_shape_whatever_the_outcome(vcio: Vcio, question: str, outcome: str) -> None:
    answer = vcio.json("ask", question, "--json")
    check_shape(answer)
    assert answer["outcome"] == outcome


def test_the_text_is_the_answer_with_its_sources(vcio: Vcio) -> None:
    result = vcio("ask", BACKUP)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "three copies" in result.stdout
    assert "Source: Backup, restore testing and disaster recovery, What is the 3-2-1-1-0" in result.stdout


def test_an_explanation_stands_below_the_answer_or_in_its_json(vcio: Vcio) -> None:
    text = vcio("ask", BACKUP, "--explain").stdout
    assert text.index("three copies") < text.index("Source: ") < text.index("How this was decided")
    answer = vcio.json("ask", BACKUP, "--json", "--explain")
    assert list(answer) == [*KEYS, "explain"]
    told = answer["explain"]
    assert (told["outcome"], told["reason"]) == (answer["outcome"], answer["reason"])
    assert {"rule", "standalone", "evidence", "intents", "passages"} <= set(told)
    batch = write_lines(vcio.folder / "b.jsonl", {"id": "1", "question": BACKUP})
    assert vcio.json("ask", "--json", "--explain", "--batch", batch)["explain"] == told


def test_the_size_given_is_the_size_answered_for(vcio: Vcio) -> None:
    question = "How often should restores be tested?"
    small, large = (vcio.json("ask", question, "--json", "--org-size", size) for size in ("small", "large"))
    assert (small["org_size"], large["org_size"]) == ("small", "large")
    assert small["answer"] != large["answer"]


def test_a_client_brings_its_size_its_contacts_and_its_own_documents(vcio: Vcio) -> None:
    add_acme(vcio)
    support = vcio.json("ask", "I forgot my password and cannot log in", "--json", "--client", "acme")
    assert support["reason"] == "everyday_support"
    assert "Quay Computers" in support["answer"]
    assert vcio.json("ask", BACKUP, "--json", "--client", "acme")["org_size"] == "small"
    asked = ["ask", "How do staff request access to the Heron Gate records system?", "--json"]
    own = vcio.json(*asked, "--client", "acme")
    assert (own["outcome"], own["citations"][0]["slug"]) == ("answer", "heron-gate")
    vcio("clients", "add", "Other")
    for others in ([], ["--client", "other"]):
        answer = vcio.json(*asked, *others)
        assert "heron-gate" not in {citation["slug"] for citation in answer["citations"]}
        assert "room 12" not in answer["answer"]


def add_acme(vcio: Vcio) -> None:
    """A small client with its support and a document."""
    add = ("clients", "add", "Acme", "--size", "small", "--it-support", "Quay Computers, 01632 960100")
    assert vcio(*add).exit_code == 0
    document = vcio.folder / "heron-gate.md"
    document.write_text(
        "# Heron Gate\n\nHeron Gate is our records system. "
        "Staff request access to the Heron Gate records system at the facilities desk in room 12.\n"
    )
    assert vcio("ingest", document, "--client", "acme").exit_code == 0


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_unknown_client_is_refused_with_the_known_ones(vcio: Vcio, command: str) -> None:
    vcio("clients", "add", "Acme")
    line = vcio.refusal(command, BACKUP, "--client", "acne")
    assert "'acne'" in line
    assert "Known clients: acme" in line


def test_asking_leaves_the_database_as_it_was(vcio: Vcio) -> None:
    vcio("clients", "add", "Acme")
    before = rows(vcio.data)
    talk = "I want to talk to a consultant, this is urgent"
    assert vcio.json("ask", talk, "--json", "--client", "acme")["outcome"] == "escalate"
    batch = write_lines(vcio.folder / "b.jsonl", {"id": "1", "question": talk})
    assert vcio("ask", "--json", "--batch", batch, "--client", "acme").exit_code == 0
    case = {"id": "1", "question": talk, "kind": "escalate", "expect": "escalate"}
    assert vcio("eval", write_lines(vcio.folder / "e.jsonl", case)).exit_code == 0
    assert rows(vcio.data) == before


def rows(data: Path) -> dict[str, list[Any]]:
    """Everything that is stored, by table."""
    with closing(sqlite3.connect(data / "vcio.sqlite3")) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type='table'")]
        return {table: database.execute(f"select * from {table}").fetchall() for table in tables}


def test_a_process_prints_json_and_nothing_else(vcio: Vcio) -> None:
    done = vcio.process("ask", BACKUP, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    check_shape(json.loads(line))


def test_an_unreachable_chroma_server_is_one_line(vcio: Vcio) -> None:
    done = vcio.process("ask", BACKUP, VCIO_CHROMA_URL="http://127.0.0.1:9")
    assert "http://127.0.0.1:9" in one_line(done.returncode, done.stdout, done.stderr)


def test_search_shows_the_three_scores(vcio: Vcio) -> None:
    found = vcio.json("search", BACKUP, "--json", "--limit", "3")
    assert len(found) == 3
    assert list(found[0]) == ["slug", "title", "section", "scope", "dense", "lexical", "score", "text"]
    assert found[0]["slug"] == "backup-and-disaster-recovery"
    assert found[0]["scope"] == "methodology"
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    assert all(isinstance(row[key], float) for row in found for key in ("dense", "lexical", "score"))


def test_search_for_people_is_a_table(vcio: Vcio) -> None:
    head, first, *_rest = vcio("search", BACKUP).stdout.splitlines()
    assert head.split() == ["fused", "dense", "lexical", "section"]
    assert "backup-and-disaster-recovery: What is the 3-2-1-1-0 backup rule?" in first
    assert len([float(number) for number in first.split()[:3]]) == 3
