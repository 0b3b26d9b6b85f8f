"""`vcio ask --batch`: a file of questions, an object a line, in order."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Vcio, write_lines

BACKUP = "How often should restores be tested?"


def run(vcio: Vcio, *lines: object, code: int = 0, more: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    file = write_lines(vcio.folder / "batch.jsonl", *lines)
    result = vcio("ask", "--json", "--batch", file, *more)
    assert (result.exit_code, result.stderr) == (code, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_answers_come_in_order_with_their_ids_whatever_those_are(vcio: Vcio) -> None:
    ids: list[object] = ["b", 7, 1.5, None, "", "b"]
    answers = run(vcio, *({"id": one, "question": BACKUP} for one in ids), {"question": BACKUP})
    assert [answer["id"] for answer in answers] == [*ids, None]
    assert {answer["outcome"] for answer in answers} == {"answer"}


def test_lines_of_a_thread_are_one_conversation_and_others_know_nothing_of_it(vcio: Vcio) -> None:
    follow_up = "How long does it take, and who should do it?"
    answers = run(
        vcio,
        {"id": "1", "question": "How do we run a fair vendor demonstration?", "thread": 0},
        {"id": "2", "question": "What is the 3-2-1-1-0 backup rule?", "thread": "other"},
        {"id": "3", "question": "We are 30 people. How often should restores be tested?", "thread": 0},
        {"id": "4", "question": BACKUP, "thread": "0"},
        {"id": "5", "question": BACKUP, "thread": "other"},
        {"id": "6", "question": BACKUP},
        {"id": "7", "question": follow_up, "thread": 0},
    )
    # The size said in the third line holds for that conversation alone.
    assert [answer["org_size"] for answer in answers] == [None, None, "small", "small", None, None, "small"]


def test_the_size_of_a_line_goes_before_the_one_of_the_command(vcio: Vcio) -> None:
    lines = [{"question": BACKUP, "org_size": size} for size in ("large", None, "medium")]
    sizes = [answer["org_size"] for answer in run(vcio, *lines, more=("--org-size", "small"))]
    assert sizes == ["large", "small", "medium"]
    assert [answer["org_size"] for answer in run(vcio, *lines)] == ["large", None, "medium"]


def test_blank_lines_are_passed_over_and_a_missing_line_end_is_no_matter(vcio: Vcio) -> None:
    answers = run(vcio, "", {"id": 1, "question": BACKUP}, "   ", "", {"id": 2, "question": BACKUP})
    assert [answer["id"] for answer in answers] == [1, 2]


def test_a_bad_line_gives_an_error_in_its_place_and_the_rest_is_answered(vcio: Vcio) -> None:
    bad: list[tuple[object, object, str]] = [
        ('{"id": 1, "question"', None, "not JSON"),
        ("[1, 2]", None, "not a question"),
        ('"text"', None, "not a question"),
        ({"id": "no question"}, "no question", "not a question"),
        ({"id": "a number", "question": 5}, "a number", "not a question"),
        ({"id": "size", "question": "x", "org_size": "huge"}, "size", "'huge'"),
        ({"id": "sizes", "question": "x", "org_size": ["small"]}, "sizes", "['small']"),
        ("[" * 100_000, None, "nested"),
    ]
    good = {"id": "good", "question": BACKUP}
    answers = run(vcio, good, "", *(line for line, _id, _says in bad), good, code=1)
    assert [answers[0]["id"], answers[-1]["id"]] == ["good", "good"]
    for at, (answer, (_line, its_id, says)) in enumerate(zip(answers[1:-1], bad, strict=True), start=3):
        assert (answer["id"], answer["line"]) == (its_id, at)
        assert says in answer["error"]


def test_odd_characters_are_answered_like_any_others(vcio: Vcio) -> None:
    texts = [
        "How often should restores\u2028be tested?",
        "How often should restores \x00 be tested?",
        "\u202eHow often should restores be tested?",
        "\ud800 How often should restores be tested?",
        "restore " * 5_000,
    ]
    # Separators stand in the file as they are: they do not end a line of JSON.
    lines = [json.dumps({"id": text[:40], "question": text}) for text in texts]
    lines[0] = json.dumps({"id": texts[0], "question": texts[0]}, ensure_ascii=False)
    answers = run(vcio, *lines)
    assert [answer["id"] for answer in answers] == [texts[0], *(text[:40] for text in texts[1:])]
    assert answers[0]["outcome"] == answers[1]["outcome"] == "answer"


def test_a_mark_at_the_start_of_the_file_is_no_matter(vcio: Vcio) -> None:
    file = vcio.folder / "marked.jsonl"
    file.write_text(json.dumps({"id": 1, "question": BACKUP}) + "\r\n", "utf-8-sig")
    assert vcio.json("ask", "--batch", file)["id"] == 1


def test_an_empty_file_has_no_answers(vcio: Vcio) -> None:
    assert run(vcio) == []


@pytest.mark.parametrize("content", [None, b'{"question": "\xff\xfe"}'], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_refused(vcio: Vcio, content: bytes | None) -> None:
    file: Path = vcio.folder / "file.jsonl"
    if content is not None:
        file.write_bytes(content)
    assert "file.jsonl" in vcio.refusal("ask", "--json", "--batch", file)
