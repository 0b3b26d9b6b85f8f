"""What a sentence may hold to slip an untruth or a foreign sign past the checks, one way a line."""

import pytest

from bot.answering.supported import Verdict
from bot.answering.tampering import harm_in
from tests.llm.conftest import Judge

MOVERS = ("identity-and-access", "what-should-happen-when-someone-joins-moves-or-leaves")
SPEND = ("saas-and-shadow-it", "measures-and-outcomes-for-cloud-software-and-shadow-it")
BINS = ("backup-and-disaster-recovery", "does-cloud-software-need-its-own-backup")
NOTICE = ("cloud-strategy", "facts-checked-november-2026")

TRUE = (
    (MOVERS, "Movers should lose old rights within 5 days."),
    (MOVERS, "Movers should lose old rights within five days."),
    (SPEND, "Duplicates: overlapping functions halved within twelve months."),
)
SLIPPERY = (
    (MOVERS, "Movers should lose old rights within ninety days."),
    (MOVERS, "Movers should lose old rights within 5 weeks."),
    (MOVERS, "Movers should rarely lose old rights within 5 days."),
    (MOVERS, "Movers should never lose old rights within 5 days."),
    (MOVERS, "Movers should lose old rights within 5 days unless their manager objects."),
    (MOVERS, "Movers should lose old rights within 5 to 10 days."),
    (MOVERS, "\u041c\u043evers should lose old rights within 5 days."),
    (MOVERS, "Movers should l\u043ese old rights within 5 days."),
    (MOVERS, "Movers should lose old \u202erights within 5 days."),
    (MOVERS, "Movers should lo\u200bse old rights within 5 days."),
    (MOVERS, "Movers should lo\xadse old rights within 5 days."),
    (MOVERS, "Movers should lose old rights within \u0665 days."),
    (MOVERS, "Movers should lose old rights within 5\xb2 days."),
    (MOVERS, "Movers should lose old rights within \u2164 days."),
    (MOVERS, "Mover sollten alte Rechte innerhalb von 5 Tagen verlieren."),
    (MOVERS, "What should happen when someone joins, moves or leaves?"),
    (MOVERS, "Leavers should be disabled the same day in 0kta."),
    (MOVERS, "Leavers should be disabled the same day in O k t a."),
    (MOVERS, "Leavers should be disabled the same day in ok-ta."),
    (MOVERS, "Leavers should be disabled the same day in Ok.ta."),
    (MOVERS, "Leavers should be disabled the same day with Sail Point."),
    (MOVERS, "<!channel> Movers should lose old rights within 5 days."),
    (MOVERS, "<@U123ABC> Movers should lose old rights within 5 days."),
    (MOVERS, "&lt;!here&gt; Movers should lose old rights within 5 days."),
    (MOVERS, "<https://evil.example|Movers> should lose old rights within 5 days."),
    (MOVERS, "Movers should lose old rights within 5 days, see evil dot example."),
    (MOVERS, "Movers should lose old rights within 5 days :rotating_light:."),
    (MOVERS, "Movers should lose old rights within 5 days. \U0001f4a3"),
    (MOVERS, "~Movers should lose old rights within 5 days.~"),
    (
        SPEND,
        "Cloud software is under control when at least 95 percentage points of its spend is known "
        "and 100 % of applications have an owner.",
    ),
    (SPEND, "At least 95 of software payments match the register."),
    (SPEND, "At least ninety-five per cent of software payments match the register."),
    (SPEND, "At least 95\u2030 of software payments match the register."),
    (SPEND, "At least 9\uff15 % of software payments match the register."),
    (SPEND, "At least 59 % of software payments match the register."),
    (SPEND, "Duplicates: overlapping functions halved within a dozen months."),
    (SPEND, "Duplicates: overlapping functions halved within a year."),
    (SPEND, "Approval time is between five and ten working days on average."),
    (SPEND, "Approval time: five calendar days or fewer on average."),
    (BINS, "Recycle-bin limits in cloud software are typically 30\u2013930 days."),
    (BINS, "Recycle-bin limits in cloud software are typically 93 days."),
    (BINS, "Recycle-bin limits in cloud software are typically 93\u201330 days."),
    (NOTICE, "Switching charges end on 12 Jan. 2026 under the EU Data Act."),
    (NOTICE, "Switching charges end on 12/01/2026 under the EU Data Act."),
    (MOVERS, "Is it true that movers should lose old rights within 5 days?"),
    (MOVERS, "It is false that movers should lose old rights within 5 days."),
    (MOVERS, "It is a myth that movers should lose old rights within 5 days."),
    (MOVERS, "Nobody believes that movers should lose old rights within 5 days."),
    (MOVERS, "Few movers should lose old rights within 5 days."),
    (MOVERS, "Movers should hardly lose old rights within 5 days."),
    (MOVERS, "Movers should scarcely ever lose old rights within 5 days."),
    (MOVERS, "Movers should lose old rights within 5 days, barring objections."),
    (MOVERS, "Movers should fail to lose old rights within 5 days."),
    (MOVERS, "Movers should stop losing old rights within 5 days."),
    (MOVERS, "Movers used to lose old rights within 5 days."),
)


@pytest.mark.parametrize(("place", "text"), SLIPPERY)
def test_no_way_round_the_checks_passes(judge: Judge, place: tuple[str, str], text: str) -> None:
    assert harm_in(text, "") or judge(*place, text) is not Verdict.SUPPORTED


@pytest.mark.parametrize(("place", "text"), TRUE)
def test_the_plain_truth_passes(judge: Judge, place: tuple[str, str], text: str) -> None:
    assert not harm_in(text, "") and judge(*place, text) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "text", ["Test \u2713 restores.", "Within 5\u00b2 days.", "It is ~not~ needed.", "At \u0665."]
)
def test_odd_characters_and_struck_out_words_are_foreign(text: str) -> None:
    assert harm_in(text, "")


def test_a_sign_that_the_methodology_uses_itself_is_not_foreign() -> None:
    assert not harm_in("A day is \u00bd of it, 3 \u00d7 2 \u2013 not more.", "\u00bd")
