"""The offers on paper: by name, each with what one needs to know to go there."""

import unicodedata
from pathlib import Path
from typing import cast
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from brobygger.offers.exporting import listed

FONT = "Helvetica"  # every reader has it, with æ, ø and å
SAID_OTHERWISE = str.maketrans(
    {"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "•": "-"}
)
ABOUT = 600  # characters of what it is; the whole stands on the offer's page


class _List(FPDF):
    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(FONT, size=8)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="R")


def write(path: Path, keeper: UUID | None) -> dict[str, int]:
    paper = _List(format="A4")
    paper.set_auto_page_break(True, margin=16)
    paper.set_title(_("Tilbud"))
    paper.set_lang("da")
    paper.add_page()
    _line(paper, _("Tilbud"), size=20, bold=True)
    today = date_format(timezone.localdate(), "j. F Y")
    _line(paper, _("Skrevet ud %(day)s. Ring, før du går.") % {"day": today}, size=10, after=4)
    count = 0
    for row in listed.rows(keeper):
        _offer(paper, dict(zip(listed.headings(), row, strict=True)))
        count += 1
    if not count:
        _line(paper, _("Der er ingen tilbud i kataloget."), size=11)
    paper.output(str(path))
    return {"service": count}


def _offer(paper: FPDF, told: dict[str, str]) -> None:
    """The name and what is told; where nobody has told us, the line is not there."""
    with paper.offset_rendering() as tried:
        _printed(cast(FPDF, tried), told)
    if tried.page_break_triggered:  # an offer is not torn in two, if it fits on a page
        paper.add_page()
    _printed(paper, told)


def _printed(paper: FPDF, told: dict[str, str]) -> None:
    named = list(told.items())
    (_first, name), (_second, body), (_third, about) = named[:3]
    _line(paper, name, size=13, bold=True)
    _line(paper, body, size=10)
    if about:
        short = about if len(about) <= ABOUT else about[: ABOUT - 1] + "…"
        _line(paper, short, size=10)
    for heading, text in named[3:]:
        if text:
            _line(paper, f"{heading}: {text}", size=10)
    paper.ln(3)


def _line(paper: FPDF, text: str, *, size: int, bold: bool = False, after: int = 0) -> None:
    paper.set_font(FONT, style="B" if bold else "", size=size)
    paper.multi_cell(0, size * 0.5, _written(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if after:
        paper.ln(after)


def _written(text: str) -> str:
    """With the letters the font has; another is written without its accent, or as a question mark."""
    return "".join(map(_letter, text.translate(SAID_OTHERWISE)))


def _letter(letter: str) -> str:
    if letter == "\n" or (letter.isprintable() and letter.encode("latin-1", "ignore")):
        return letter
    return unicodedata.normalize("NFKD", letter).encode("latin-1", "ignore").decode("latin-1") or "?"
