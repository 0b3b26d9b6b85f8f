"""`vcio eval` and `vcio eval-retrieval`: measures of a small file and a small folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Vcio, one_line, write_lines

BACKUP = {
    "id": "backup",
    "question": "What is the 3-2-1-1-0 backup rule?",
    "kind": "direct",
    "expect": "answer",
    "gold": ["backup-and-disaster-recovery"],
    "must_mention": [["three copies"], ["a fact nobody wrote"]],
}
FOOTBALL = {
    "id": "football",
    "question": "Which football team will win on Saturday?",
    "kind": "off_topic",
    "expect": "decline",
}
WRONG = BACKUP | {"id": "wrong", "kind": "trap", "expect": "decline", "gold": []}
DOCUMENTS = {
    "b1": "Restores are tested every month by someone who did not make the backup.",
    "b2": "A contract names the notice period and the price of leaving.",
    "b3": "Passwords are long, and a second factor protects administrators.",
}


def test_eval_scores_outcome_gold_and_facts(vcio: Vcio) -> None:
    file = write_lines(vcio.folder / "cases.jsonl", BACKUP, "", FOOTBALL, WRONG)
    report = vcio.json("eval", file, "--json")
    assert list(report) == ["total", "kinds", "confusion", "conversations", "scores"]
    right, football, wrong = report["scores"]
    assert (right["outcome_right"], right["gold_first"], right["gold_among"]) == (True, True, True)
    assert (right["facts"], right["marks"]) == (0.5, 1.0)
    assert (football["outcome"], football["gold_first"], football["facts"]) == ("decline", None, None)
    assert (wrong["outcome_right"], wrong["confident_wrong"], wrong["marks"]) == (False, True, 0.0)
    assert report["total"]["cases"] == 3
    assert [kind["kind"] for kind in report["kinds"]] == ["direct", "off_topic", "trap"]


def test_eval_for_people_is_a_table_that_names_what_was_wrong(vcio: Vcio) -> None:
    result = vcio("eval", write_lines(vcio.folder / "cases.jsonl", BACKUP, FOOTBALL, WRONG))
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "Confident and wrong: 1 of 3"
    assert lines[1].startswith("  wrong [trap] expected decline, got answer (covered)")
    assert "Conversations" not in result.stdout
    assert [line.split()[:2] for line in lines if line.startswith("all")] == [["all", "3"]]


def test_cases_of_a_thread_are_one_conversation(vcio: Vcio) -> None:
    said = {"id": "1", "question": "We are 30 people.", "kind": "chat", "expect": "clarify", "thread": "t"}
    asks = BACKUP | {"id": "2", "question": "How often should restores be tested?", "thread": "t"}
    report = vcio.json("eval", write_lines(vcio.folder / "cases.jsonl", said, asks), "--json")
    assert report["scores"][1]["outcome"] == "answer"
    assert (report["scores"][1]["size"], report["scores"][1]["wanted_size"]) == ("small", None)
    assert report["conversations"]["count"] == 1


def test_a_later_run_is_compared_with_the_scores_kept_of_an_earlier_one(vcio: Vcio) -> None:
    cases = vcio.folder / "cases.jsonl"
    strict = BACKUP | {"must_not": ["three copies"]}
    assert vcio("eval", write_lines(cases, strict, FOOTBALL), "--save", "kept.json").exit_code == 0
    write_lines(cases, BACKUP, FOOTBALL)
    lines = vcio("eval", cases, "--baseline", "kept.json").stdout.splitlines()
    assert "Against the baseline, 2 compared: 1 better, 0 worse, 1 alike" in lines
    report = vcio.json("eval", cases, "--baseline", "kept.json", "--json")
    assert [(one["id"], one["better"]) for one in report["changes"]] == [("backup", True)]


def test_a_baseline_that_is_none_and_a_file_that_cannot_be_written_are_refused(vcio: Vcio) -> None:
    cases = write_lines(vcio.folder / "cases.jsonl", FOOTBALL)
    assert "vcio eval --save" in vcio.refusal("eval", cases, "--baseline", cases)
    assert "missing.json" in vcio.refusal("eval", cases, "--baseline", "missing.json")
    assert "nowhere" in vcio.refusal("eval", cases, "--save", "nowhere/kept.json")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "cut', "Not an evaluation case"),
        ({"id": "x", "question": "y", "kind": "z"}, "expect"),
        (BACKUP | {"expect": "shrug"}, "shrug"),
        (BACKUP | {"org_size": "huge"}, "'huge'"),
        (BACKUP | {"question": 5}, "not text"),
        (BACKUP | {"must_mention": [[5]]}, "not text"),
        ("[]", "Not an evaluation case"),
    ],
    ids=["no JSON", "no expectation", "outcome", "size", "question", "fact", "list"],
)
def test_a_broken_line_is_named_by_its_number_in_the_file(vcio: Vcio, line: object, says: str) -> None:
    file = write_lines(vcio.folder / "cases.jsonl", BACKUP, "", "", line)
    refusal = vcio.refusal("eval", file)
    assert "line 4" in refusal
    assert says in refusal


def test_a_file_without_cases_is_refused(vcio: Vcio) -> None:
    assert "no cases" in vcio.refusal("eval", write_lines(vcio.folder / "empty.jsonl", "", ""))
    assert "missing.jsonl" in vcio.refusal("eval", "missing.jsonl")


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """A folder in BEIR layout: three documents, three queries, one of them not judged."""
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    rows: list[dict[str, Any]] = [
        {"_id": name, "title": "", "text": text} for name, text in DOCUMENTS.items()
    ]
    write_lines(folder / "corpus.jsonl", *rows)
    queries = {"q1": "how often are restores tested", "q2": "price of leaving a contract", "q3": "unjudged"}
    write_lines(folder / "queries.jsonl", *({"_id": name, "text": text} for name, text in queries.items()))
    judged = "query-id\tcorpus-id\tscore\nq1\tb1\t1\nq2\tb2\t1\nq2\tb1\t0\n"
    (folder / "qrels" / "test.tsv").write_text(judged)
    return folder


def test_eval_retrieval_measures_a_folder_and_leaves_everything_else_alone(vcio: Vcio, beir: Path) -> None:
    before = vcio.json("search", "restores", "--json")
    first = vcio.process("eval-retrieval", beir, "--json")
    assert first.returncode == 0, first.stderr
    (line,) = first.stdout.splitlines()
    scores = json.loads(line)
    assert list(scores) == [
        "ndcg_at_10", "recall_at_10", "p_at_1", "query_ms_p50", "query_ms_p95", "documents", "queries",
    ]  # fmt: skip
    assert (scores["ndcg_at_10"], scores["recall_at_10"], scores["p_at_1"]) == (1.0, 1.0, 1.0)
    assert (scores["documents"], scores["queries"]) == (3, 2)
    assert "searching: 2 of 2" in first.stderr
    assert vcio.json("search", "restores", "--json") == before


def test_eval_retrieval_for_people_is_a_line_a_measure(vcio: Vcio, beir: Path) -> None:
    table = dict(line.split() for line in vcio("eval-retrieval", beir).stdout.splitlines())
    assert (table["ndcg_at_10"], table["documents"]) == ("1.0000", "3")


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_folder_that_is_not_in_beir_layout_is_refused(vcio: Vcio, beir: Path, name: str) -> None:
    (beir / name).unlink()
    result = vcio("eval-retrieval", beir)
    line = one_line(result.exit_code, result.stdout, result.stderr)
    assert str(beir) in line


def test_a_broken_line_of_a_corpus_is_refused(vcio: Vcio, beir: Path) -> None:
    (beir / "corpus.jsonl").write_text('{"_id": "b1"')
    assert "corpus.jsonl" in vcio.refusal("eval-retrieval", beir)


def test_a_folder_that_is_not_there_is_refused(vcio: Vcio) -> None:
    assert "no-such-folder" in vcio.refusal("eval-retrieval", "no-such-folder")
