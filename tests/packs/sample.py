"""The figures of a made-up month, with something of everything."""

from datetime import date

from bot.engagement.reports import (
    Aim,
    Compared,
    Decided,
    Figures,
    Hours,
    Promised,
    Questions,
    Requests,
    Spent,
    Topic,
)

MONTH = date(2026, 10, 1)
HOURS = Hours(
    MONTH, 1200, 0, 864, 336,
    lines=(Spent("VC-1042", 405), Spent("EN-1003", 240), Spent("In confidence", 219)),
    beside=(Spent("EN-1007", 900),),
    free=45,
)  # fmt: skip
FULL = Figures(
    client="Westmoor Housing",
    firm="Lantern Advisory",
    month=MONTH,
    made_on=date(2026, 11, 3),
    questions=Questions(helpful=14, not_helpful=2, silent=9, escalated=6, unanswered=4, gaps=3),
    requests=Requests(settled=5, withdrawn=1, let_go=0, open=2, reopened=1),
    topics=(Topic("Backup and restore", 5, 9), Topic("Records management", 4, 4)),
    promises=Promised(kept=9, broken=1, running=2),
    hours=HOURS,
    trend=(Hours(date(2026, 9, 1), 1200, 0, 1310, -110), Hours(MONTH, 1200, 0, 864, 336)),
    outcomes={"reached": 2, "partly": 1, "open": 3, "missed": 1, "dropped": 0},
    aims=(
        Aim("VC-1042", "Restores are tested", "Tests a year", "4", "2", "partly", date(2026, 12, 31)),
        Aim("EN-1003", "Old records are gone – всё", "Records past date", None, None, "open", None),
    ),
    decisions=(Decided("Records are kept for six years.", "Bella Grant, CIO", date(2026, 10, 14)),),
    compared=Compared(150_000, "GBP", "A survey, 2026", 2400, 1764),
)
EMPTY = Figures(
    client="Quiet Ltd",
    firm="Lantern Advisory",
    month=MONTH,
    made_on=date(2026, 11, 3),
    questions=Questions(0, 0, 0, 0, 0, 0),
    requests=Requests(0, 0, 0, 0, 0),
    topics=(),
    promises=Promised(0, 0, 0),
    hours=Hours(MONTH, 0, 0, 0, 0),
    trend=(),
    outcomes={},
    aims=(),
    decisions=(),
    compared=Compared(None, "", "", 2400, 0),
)
