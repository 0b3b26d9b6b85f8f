"""The pictures of a pack: colours that everybody can tell apart, hatches for grey print, figures beside bars.

Drawn without a screen. matplotlib is imported only while a picture is made.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engagement.durations import hours_words
from bot.engagement.reports import Figures
from bot.packs import wording

# Okabe and Ito's colours, each with a hatch of its own.
BLUE, ORANGE, GREEN, VERMILION, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9"
GREY, INK = "#BBBBBB", "#222222"
_PALETTE = ((BLUE, ""), (SKY, "///"), (ORANGE, "..."), (GREEN, "xxx"), (GREY, "\\\\\\"))
_STATES = ((GREEN, ""), (SKY, "///"), (GREY, "..."), (VERMILION, "xxx"), ("#FFFFFF", "\\\\\\"))
_PROMISES = ((GREEN, ""), (VERMILION, "xxx"), (GREY, "..."))
DPI = 200
WIDTH = 7.2


@dataclass(frozen=True)
class Chart:
    """A picture as PNG, with its name and a description that holds every figure in it."""

    name: str
    title: str
    alt: str
    png: bytes


def charts(figures: Figures) -> tuple[Chart, ...]:
    """Return the pictures of a pack; a month without a retainer before it has none of its hours."""
    made = [
        _chart("questions", "How questions ended", wording.endings(figures), _questions(figures), 2.5),
    ]
    if figures.trend:
        rows = wording.trend(figures)
        made.append(_chart("hours", "Hours used of hours given", rows, _hours(figures), 2.8))
    rows = [
        *((f"promises {label.lower()}", value) for label, value in wording.promised(figures)),
        *((f"outcomes {label.lower()}", value) for label, value in wording.outcomes(figures)),
    ]
    made.append(_chart("promises", "Promises and outcomes", rows, _standing(figures), 2.6))
    return tuple(made)


def _chart(name: str, title: str, rows: wording.Rows, draw: Callable[[Any], None], height: float) -> Chart:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=11, fontweight="bold", color=INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=9, colors=INK)
    draw(axes)
    kept = io.BytesIO()
    canvas.print_png(kept)
    return Chart(name, title, wording.spoken(title, rows), kept.getvalue())


def _questions(figures: Figures) -> Callable[[Any], None]:
    labels = list(wording.ENDINGS.values())
    counts = [int(getattr(figures.questions, name)) for name in wording.ENDINGS]

    def draw(axes: Any) -> None:
        for place, (count, (colour, hatch)) in enumerate(zip(counts, _PALETTE, strict=True)):
            axes.barh(place, count, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.7, height=0.65)
            axes.annotate(str(count), (count, place), xytext=(4, 0), textcoords="offset points",
                          va="center", fontsize=9, color=INK)  # fmt: skip
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        axes.set_xlim(0, max(*counts, 1) * 1.1)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)

    return draw


def _hours(figures: Figures) -> Callable[[Any], None]:
    months = figures.trend

    def draw(axes: Any) -> None:
        places = range(len(months))
        given, spent = [each.given / 60 for each in months], [each.spent / 60 for each in months]
        axes.bar(places, given, color="#FFFFFF", hatch="///", edgecolor=GREY, width=0.7, label="Given")
        axes.bar(places, spent, color=BLUE, edgecolor=INK, linewidth=0.7, width=0.42, label="Used")
        for place, each in enumerate(months):
            told = f"{hours_words(each.spent)}\nof {hours_words(each.given)}"
            top = max(given[place], spent[place])
            axes.annotate(told, (place, top), xytext=(0, 3), textcoords="offset points",
                          ha="center", va="bottom", fontsize=8, color=INK)  # fmt: skip
        axes.set_xticks(places, [f"{each.month:%b %Y}" for each in months])
        axes.set_xlim(-0.6, max(len(months), 4) - 0.4)
        axes.set_ylim(min(0, *spent), max(*given, *spent, 1) * 1.35)
        axes.set_ylabel("Hours", fontsize=9, color=INK)
        axes.legend(fontsize=8, frameon=False, loc="upper right", ncols=2)

    return draw


def _standing(figures: Figures) -> Callable[[Any], None]:
    promises = [int(getattr(figures.promises, name)) for name in wording.PROMISES]
    outcomes = [figures.outcomes.get(state, 0) for state in wording.STATES]

    def draw(axes: Any) -> None:
        _stack(axes, 0, promises, list(wording.PROMISES.values()), _PROMISES, "No promise fell due")
        _stack(axes, 1, outcomes, list(wording.STATES.values()), _STATES, "No outcome recorded yet")
        axes.set_yticks([0, 1], ["Promises", "Outcomes"])
        axes.set_ylim(1.65, -0.4)
        axes.set_xlim(-0.005, 1.005)
        axes.set_xticks([])
        axes.tick_params(left=False)
        for side in ("bottom", "left"):
            axes.spines[side].set_visible(False)

    return draw


def _stack(
    axes: Any,
    place: int,
    counts: Sequence[int],
    labels: Sequence[str],
    looks: Sequence[tuple[str, str]],
    none: str,
) -> None:
    """Draw counts as parts of one bar, with the key to them below."""
    total = sum(counts)
    if not total:
        axes.text(0, place, none, va="center", fontsize=9, color=INK)
        return
    _key(axes, place + 0.42, [f"{label} {count}" for label, count in zip(labels, counts, strict=True)], looks)
    begins = 0.0
    for count, (colour, hatch) in zip(counts, looks, strict=True):
        if count:
            size = count / total
            axes.barh(place, size, left=begins, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.7,
                      height=0.42)  # fmt: skip
            axes.text(begins + size / 2, place, str(count), ha="center", va="center", fontsize=9,
                      color=INK, bbox={"boxstyle": "round,pad=0.2", "fc": "white", "ec": "none"})  # fmt: skip
            begins += size


def _key(axes: Any, place: float, labels: Sequence[str], looks: Sequence[tuple[str, str]]) -> None:
    """Say below a bar what each of its looks stands for, with its figure."""
    for number, (label, (colour, hatch)) in enumerate(zip(labels, looks, strict=True)):
        left = number / 5
        axes.barh(place, 0.025, left=left, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.6,
                  height=0.16)  # fmt: skip
        axes.text(left + 0.032, place, label, va="center", fontsize=8, color=INK)
