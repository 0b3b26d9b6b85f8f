"""No sentence made untrue on purpose passes, and most true ones in other words do."""

import json
from pathlib import Path

import pytest

from bot.answering.supported import Verdict
from bot.library import Library
from tests.llm.conftest import Judge
from tests.llm.hallucinations import untrue_sentences

HERE = Path(__file__).parent
CHAT = ("collaboration-governance", "what-should-never-be-put-in-a-chat-message")
DATA = ("data-quality", "how-do-we-stop-bad-data-coming-back")
CUTS = ("it-budgeting", "how-do-i-defend-the-it-budget-against-cuts")
MISTAKES = ("sourcing-strategy", "common-mistakes-in-it-sourcing")


def test_no_untrue_sentence_passes(library: Library, judge: Judge) -> None:
    shown = [
        each
        for each in untrue_sentences(library.store, 60)
        if judge(each.slug, each.section_id, each.text) is Verdict.SUPPORTED
    ]
    assert shown == []


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("paraphrases", 0.8),
        ("paraphrases_held_out", 0.68),
        ("paraphrases_fresh", 0.5),
        ("paraphrases_third", 0.72),
    ],
)
def test_most_true_sentences_in_other_words_pass(judge: Judge, name: str, least: float) -> None:
    verdicts = _verdicts(judge, name)
    share = verdicts.count(Verdict.SUPPORTED) / len(verdicts)
    print(f"{name}: {len(verdicts)} true sentences, {share:.0%} kept")
    assert len(verdicts) >= 40
    assert share >= least


@pytest.mark.parametrize(("name", "most"), [("untrue_held_out", 0), ("untrue_fresh", 0), ("untrue_third", 0)])
def test_hardly_any_sentence_both_reworded_and_untrue_passes(judge: Judge, name: str, most: int) -> None:
    verdicts = _verdicts(judge, name)
    assert len(verdicts) >= 50
    assert verdicts.count(Verdict.SUPPORTED) <= most


def _verdicts(judge: Judge, name: str) -> list[Verdict]:
    rows = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [judge(row["slug"], row["section"], row["text"]) for row in rows]


@pytest.mark.parametrize(
    ("place", "text", "verdict"),
    [
        (CHAT, "Never put passwords in a chat message.", Verdict.SUPPORTED),
        (CHAT, "Passwords may be put in a chat message.", Verdict.DENIAL),
        (CHAT, "Passwords can go into a chat.", Verdict.DENIAL),
        (CHAT, "Chat should carry passwords, health data and deal information.", Verdict.DENIAL),
        (DATA, "Preventing an error costs 10, correcting it later costs 10.", Verdict.FIGURE),
        (DATA, "Send errors back every month to the team that makes them.", Verdict.FIGURE),
        (DATA, "Fix bad data with Zorbix pick lists and a named owner.", Verdict.NAME),
        (DATA, "Fix bad data in the report, rather than at source with pick lists.", Verdict.ORDER),
        (MISTAKES, "Leave domains and licences in the provider's name.", Verdict.DENIAL),
        (MISTAKES, "A mistake is leaving domains and licences in the provider's name.", Verdict.SUPPORTED),
        (CUTS, "Must items need a named director to accept the risk in writing.", Verdict.SUPPORTED),
        (CUTS, "Should items need a named director to accept the risk in writing.", Verdict.FORCE),
        (CUTS, "Could items need a named director to accept the risk in writing.", Verdict.FORCE),
        (CUTS, "Should items slide a quarter.", Verdict.SUPPORTED),
        (CUTS, "Must items slide a quarter.", Verdict.FORCE),
        (DATA, "The moon is made of green cheese.", Verdict.NAME),
    ],
)
def test_what_a_sentence_is_refused_for(
    judge: Judge, place: tuple[str, str], text: str, verdict: Verdict
) -> None:
    found = judge(*place, text)
    is_supported = verdict is Verdict.SUPPORTED
    assert (found is Verdict.SUPPORTED) == is_supported, found
