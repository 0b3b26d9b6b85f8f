"""`vcio kb`: the articles as a list and one at a time."""

import asyncio
from datetime import datetime, timedelta

from bot.administration import opened
from bot.answering.models import AnswerRecord
from bot.answering.types import Reason
from bot.answering.voice_models import Comment, CommentState, Gap, GapState, Rests
from bot.clock import utc_now
from bot.engagement.terms import SHIPPED, UNCONFIRMED
from bot.settings import ignore_environment
from ingest.methodology import methodology_folder
from ingest.own import OwnSection, Provenance, keep_section
from tests.cli.conftest import Vcio
from tests.workflows.gap_answers import asked

KEYS = [
    "slug", "title", "area", "words", "reviewed", "unconfirmed", "origin", "provenance", "comments",
    "answers",
]  # fmt: skip
LEAVING = "engagement-lifecycle"


def test_every_article_is_listed_with_words_review_and_terms_to_confirm(bare: Vcio) -> None:
    rows = bare.json("kb", "--json")
    assert len(rows) == len(list(methodology_folder().rglob("*.md")))
    assert all(list(row) == KEYS for row in rows)
    assert [row["area"] for row in rows] == sorted(row["area"] for row in rows)
    of = {row["slug"]: row for row in rows}
    assert of[LEAVING]["unconfirmed"] == ["first_reply", "notice"]
    assert of["records-management"]["unconfirmed"] == []
    assert 1100 <= of[LEAVING]["words"] <= 1700
    assert of[LEAVING]["reviewed"] == "2026-11-27"
    assert not bare.data.joinpath("vcio.sqlite3").exists()


def test_what_is_confirmed_is_no_longer_open(bare: Vcio) -> None:
    bare("firm", "confirm", "notice")
    of = {row["slug"]: row["unconfirmed"] for row in bare.json("kb", "--json")}
    assert of[LEAVING] == ["first_reply"]
    bare("firm", "confirm", "--all")
    assert not any(row["unconfirmed"] for row in bare.json("kb", "--json"))


def test_people_read_the_list_by_area(bare: Vcio) -> None:
    lines = bare("kb").stdout.splitlines()
    area = lines.index("virtual-cio-service")
    (line,) = [line for line in lines[area + 1 :] if line.startswith(f"  {LEAVING} ")]
    assert line.endswith("2026-11-27  not confirmed: first_reply, notice")
    assert "4 with terms not confirmed" in lines[-1]
    assert "vcio firm confirm" in lines[-1]


def test_an_article_is_shown_as_markdown_with_the_terms_in_force(bare: Vcio) -> None:
    shown = bare("kb", "show", LEAVING).stdout
    assert shown.startswith("# ")
    assert f"is {SHIPPED['notice']}{UNCONFIRMED}." in shown  # type: ignore[index]
    assert "## Sources\n\n- ISO 20700" in shown
    assert "{{" not in shown
    bare("firm", "set", "notice", "60 days", "--confirm")
    assert "is 60 days." in bare("kb", "show", LEAVING).stdout


def test_an_unknown_article_is_refused_with_near_ones(bare: Vcio) -> None:
    line = bare.refusal("kb", "show", "engagment-lifecycle")
    assert "'engagment-lifecycle'" in line
    assert f"did you mean {LEAVING}" in line
    assert "backup-and-disaster-recovery" in bare.refusal("kb", "show", "backup")
    assert "`vcio kb` lists" in bare.refusal("kb", "show", "zzz")


def test_an_article_of_our_own_is_listed_and_shown_with_where_it_comes_from(bare: Vcio) -> None:
    bare.data.mkdir(exist_ok=True)
    told = Provenance(7, "VC-1001", "Dev Patel", "Dev Patel", "2026-11-27", self_reviewed=True)
    keep_section(bare.data, LEAVING, OwnSection("Say it in writing", "Give notice in writing.", (), told))
    own = {row["slug"]: row for row in bare.json("kb", "--json")}[f"{LEAVING}-notes"]
    assert list(own) == KEYS
    assert (own["origin"], own["area"], own["reviewed"]) == ("own", "virtual-cio-service", "2026-11-27")
    assert own["provenance"][0]["section"] == "Say it in writing"
    (line,) = [line for line in bare("kb").stdout.splitlines() if line.startswith(f"  {LEAVING}-notes ")]
    assert line.endswith("2026-11-27  our own, from VC-1001")
    shown = bare("kb", "show", f"{LEAVING}-notes").stdout
    assert "## Say it in writing\n\nGive notice in writing." in shown
    assert "- Say it in writing: VC-1001, written by Dev Patel, self-reviewed on 2026-11-27" in shown


async def _said(vcio: Vcio, now: datetime) -> None:
    settings = ignore_environment(vcio_data_dir=vcio.data)
    of_whole: list[tuple[AnswerRecord, str]] = []
    async with opened(settings) as database, database.unit_of_work() as session:
        for number, (question, days, confidential) in enumerate(
            (
                ("How does Harbour Bakery end it?", 1, False),
                ("May Ana leave?", 2, False),
                ("Who is dismissed?", 3, True),
                ("Long ago", 91, False),
            )
        ):
            at = now - timedelta(days=days)
            answer = await asked(session, question, at, reason=Reason.COVERED, confidential=confidential)
            sections = ("Ending", "Notice") if number == 0 else ("Notice",)
            session.add_all(Rests(answer_id=answer.id, slug=LEAVING, section=name) for name in sections)
            if number in {0, 2}:
                of_whole.append(
                    (answer, "Too short for Ana." if number == 0 else "It was about a dismissal.")
                )
        for number, reply in enumerate((None, "We shall.")):
            session.add(
                Comment(
                    person_id=answer.person_id, slug=LEAVING, section="Notice", text="Ana says: shorten it.",
                    state=CommentState.REPLIED if reply else CommentState.OPEN, seen_from="T1", reply=reply,
                    replied_name="Dev Patel" if reply else None, key=f"k{number}", created_at=now,
                )
            )  # fmt: skip
        for number, (on, text) in enumerate(of_whole):
            session.add(
                Comment(
                    person_id=answer.person_id, answer_id=on.id, text=text, seen_from="T1", key=f"a{number}",
                    created_at=now,
                )
            )  # fmt: skip
        session.add(
            Gap(
                label="How do we leave?", state=GapState.CLOSED, closed_by_slug=LEAVING, first_at=now,
                last_at=now,
            )
        )  # fmt: skip


def test_comments_and_resting_answers_are_shown_without_who_said_or_asked(bare: Vcio) -> None:
    now = utc_now()
    asyncio.run(_said(bare, now))
    of = {row["slug"]: (row["comments"], row["answers"]) for row in bare.json("kb", "--json")}
    assert of[LEAVING] == (2, 3)
    assert set(of.values()) == {(2, 3), (0, 0)}
    (line,) = [line for line in bare("kb").stdout.splitlines() if line.startswith(f"  {LEAVING} ")]
    assert line.endswith("  open comments: 2  answers: 3")
    shown = bare("kb", "show", LEAVING).stdout
    comment = f"- {now:%Y-%m-%d}, Notice: A colleague says: shorten it."
    assert f"## Comments (3, 2 open)\n\n{comment}\n{comment}\n  - Dev Patel replied: We shall." in shown
    # What is said of a whole answer belongs to what it cites, and a confidential one to nobody here.
    assert f"- {now:%Y-%m-%d}, an answer that rests on it: Too short for a colleague." in shown
    assert "dismissal" not in shown
    assert "## Gaps it closed\n\n- How do we leave?" in shown
    assert "rest on it (3)\n\n- Notice: 3\n- Ending: 1\n" in shown
    listed = bare("kb", "show", LEAVING, "--answers").stdout
    assert "- Ending: 1\n  - How does the organisation end it?\n" in listed
    assert "  - May a colleague leave?\n  - How does the organisation end it?\n  - and 1 not shown" in listed
    for private in ("Ana", "Harbour", "dismissed", "Long ago"):
        assert private not in listed.partition("## Comments")[2]
    assert "Nobody has commented on it" in bare("kb", "show", "records-management").stdout
