"""A pack as PDF: the figures as text and tables, the pictures beside them, fit to be printed in grey."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from bot.engagement.dates import day_words, month_words
from bot.engagement.reports import Figures
from bot.packs import wording
from bot.packs.charts import Chart

FONT = "DejaVu"
INK, SOFT, LINE, FILL = (34, 34, 34), (90, 90, 90), (190, 190, 190), (238, 242, 245)
MARGIN = 18
Row = Sequence[str]


def pack_pdf(figures: Figures, charts: Sequence[Chart]) -> bytes:
    """Return the PDF of a pack."""
    page = _Page(figures)
    pictures = {each.name: each for each in charts}
    page.heading(wording.title(figures), 18)
    page.small(wording.prepared(figures))
    page.boxes(wording.glance(figures))
    page.section("Questions")
    page.picture(pictures["questions"])
    page.figures(wording.endings(figures))
    page.small(wording.KEPT_APART)
    page.section("Requests to consultants")
    page.figures(wording.requests(figures))
    _hours(page, figures, pictures.get("hours"))
    page.section("Promises and outcomes")
    page.picture(pictures["promises"])
    _outcomes(page, figures)
    _subjects(page, figures)
    page.section("Compared with a full-time CIO")
    page.figures(wording.comparison(figures.compared))
    page.small(wording.source(figures.compared))
    page.section("How this is counted")
    for note in wording.NOTES:
        page.small(note)
    return page.made()


def _hours(page: "_Page", figures: Figures, picture: Chart | None) -> None:
    page.section("Hours")
    if picture is not None:
        page.picture(picture)
    if figures.hours.given or figures.hours.spent:
        page.figures(wording.balance(figures.hours))
    else:
        page.text(wording.NO_RETAINER)
    rows = wording.work(figures.hours)
    if rows:
        page.table(("What the time went to", "Time"), rows, (75, 25))


def _outcomes(page: "_Page", figures: Figures) -> None:
    if not figures.aims:
        page.text(wording.NO_OUTCOMES)
        return
    rows = [
        (
            f"{aim.statement} ({aim.reference})",
            " · ".join(part for part in (aim.measure, aim.target and f"target {aim.target}") if part),
            " · ".join(
                part
                for part in (
                    wording.STATES[aim.state],
                    aim.value and f"now {aim.value}",
                    aim.due_on and f"due {day_words(aim.due_on)}",
                )
                if part
            ),
        )
        for aim in figures.aims
    ]
    page.table(("Outcome", "Measure", "Where it stands"), rows, (46, 27, 27))


def _subjects(page: "_Page", figures: Figures) -> None:
    page.section("Subjects")
    if figures.topics:
        rows = [(each.title, str(each.people), str(each.questions)) for each in figures.topics]
        page.table(("Asked about", "People", "Questions"), rows, (64, 18, 18))
    else:
        page.text(wording.NO_TOPICS)
    page.section("Decisions")
    if not figures.decisions:
        page.text(wording.NO_DECISIONS)
        return
    decided = [(each.text, each.decided_by, day_words(each.decided_on)) for each in figures.decisions]
    page.table(("Decision", "Decided by", "On"), decided, (54, 24, 22))


class _Page:
    """The few shapes a pack is made of, from top to bottom; what does not fit goes to the next page."""

    def __init__(self, figures: Figures) -> None:
        import matplotlib as mpl
        from fpdf import FPDF

        fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
        foot = f"{figures.client} · {month_words(figures.month)} · {figures.firm}"

        paper: Any = FPDF(format="A4")
        self._pdf = paper

        def footer() -> None:
            paper.set_y(-13)
            paper.set_font(FONT, size=7.5)
            paper.set_text_color(*SOFT)
            paper.cell(0, 6, f"{foot} · page {paper.page_no()} of {{nb}}", align="C")

        paper.footer = footer
        self._pdf.set_margin(MARGIN)
        self._pdf.set_auto_page_break(auto=True, margin=MARGIN)
        self._pdf.add_font(FONT, "", fonts / "DejaVuSans.ttf")
        self._pdf.add_font(FONT, "B", fonts / "DejaVuSans-Bold.ttf")
        self._pdf.set_title(wording.title(figures))
        self._pdf.set_author(figures.firm)
        self._pdf.set_lang("en-GB")
        self._pdf.set_creation_date(datetime.combine(figures.made_on, time(12), UTC))
        self._pdf.add_page()

    def heading(self, text: str, size: float) -> None:
        """A large line."""
        self._write(text, size, bold=True, height=size * 0.5)

    def section(self, name: str) -> None:
        """The heading of a part, never alone at the end of a page."""
        if self._pdf.will_page_break(60):
            self._pdf.add_page()
        self._pdf.ln(4)
        self.heading(name, 12.5)
        self._pdf.ln(1)

    def text(self, text: str) -> None:
        """A paragraph."""
        self._write(text, 9.5)

    def small(self, text: str) -> None:
        """A paragraph in small print."""
        self._write(text, 8, colour=SOFT, height=4.2)
        self._pdf.ln(1)

    def boxes(self, rows: wording.Rows) -> None:
        """The figures to see first, side by side."""
        pdf = self._pdf
        pdf.ln(3)
        width, top, gap = (pdf.epw - 9) / len(rows), pdf.get_y(), 3
        for number, (name, told) in enumerate(rows):
            left = pdf.l_margin + number * (width + gap)
            pdf.set_fill_color(*FILL)
            pdf.rect(left, top, width, 21, style="F")
            pdf.set_xy(left + 2, top + 2)
            self._write(name, 8, width=width - 4, colour=SOFT, height=4)
            pdf.set_x(left + 2)
            self._write(told, 9.5, width=width - 4, bold=True, height=5)
        pdf.set_xy(pdf.l_margin, top + 23)

    def picture(self, chart: Chart) -> None:
        """A picture over the whole width, with its description."""
        pdf = self._pdf
        pdf.image(chart.png, w=pdf.epw, alt_text=chart.alt)
        pdf.ln(1)

    def figures(self, rows: wording.Rows) -> None:
        """A list of figures, each at the end of its line."""
        self.table(None, rows, (60, 40))

    def table(self, head: Row | None, rows: Sequence[Row], widths: Sequence[int]) -> None:
        """A table that may go over pages; the first column is text, the last stands at the right."""
        from fpdf.fonts import FontFace

        pdf = self._pdf
        pdf.set_font(FONT, size=8.5)
        pdf.set_text_color(*INK)
        pdf.set_draw_color(*LINE)
        pdf.set_fill_color(255, 255, 255)
        two = len(widths) == 2
        aligned = ("LEFT", "RIGHT") if two else ("LEFT",) * len(widths)
        with pdf.table(
            col_widths=tuple(widths), text_align=aligned, line_height=5, padding=(0.6, 1),
            borders_layout="HORIZONTAL_LINES", first_row_as_headings=head is not None, width=pdf.epw,
            headings_style=FontFace(emphasis="BOLD", fill_color=(255, 255, 255)), cell_fill_mode="NONE",
        ) as table:  # fmt: skip
            for cells in [*([head] if head else []), *rows]:
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        pdf.ln(2)

    def made(self) -> bytes:
        """The finished document."""
        return bytes(self._pdf.output())

    def _write(
        self,
        text: str,
        size: float,
        *,
        width: float = 0,
        bold: bool = False,
        colour: tuple[int, int, int] = INK,
        height: float = 4.8,
    ) -> None:
        self._pdf.set_font(FONT, "B" if bold else "", size)
        self._pdf.set_text_color(*colour)
        self._pdf.multi_cell(width, height, text, new_x="LMARGIN", new_y="NEXT", align="L")
