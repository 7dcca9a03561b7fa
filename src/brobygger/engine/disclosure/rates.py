"""Rates: never a bare percentage. Each is told with its unknown share and its base (STA-04)."""

from collections.abc import Sequence
from dataclasses import dataclass

from brobygger.engine.disclosure.values import Protected
from brobygger.engine.words import Phrase, Word
from brobygger.engine.words import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Rate:
    """One category of a protected table, with what is not known and what else was left out of it.

    Every count is None where it is withheld. `asides` are other categories a reader must know of.
    """

    label: str
    count: int | None
    unknown: int | None
    asides: tuple[tuple[str, int | None], ...]
    base: int | None

    @classmethod
    def of(
        cls, table: Protected, *, counted: str, unknown: str, asides: Sequence[str] = (), within: str = ""
    ) -> "Rate":
        """From the last dimension of a table; `within` is a category of the first one, or all of them."""
        last, first = table.dimensions[-1].name, table.dimensions[0].name
        place = {first: within} if within else {}

        def count(category: str) -> int | None:
            return table.cell({**place, last: category})

        return cls(
            counted,
            count(counted),
            count(unknown),
            tuple((each, count(each)) for each in asides),
            table.cell(place),
        )

    def said(self) -> Phrase:
        """
        >>> Rate("Fik hjælp", 110, 40, (("lukket lovligt uden svar", 7),), 180).said().text()
        'Fik hjælp 61 % (ukendt 22 %, lukket lovligt uden svar 4 %, n=180)'
        >>> Rate("Fik hjælp", None, None, (), 12).said().text()
        'Fik hjælp tilbageholdt (ukendt tilbageholdt, n=12)'
        >>> Rate("Fik hjælp", None, None, (), None).said().text()
        'Fik hjælp tilbageholdt (ukendt tilbageholdt, n tilbageholdt)'
        """
        inside: Word = Phrase(_("ukendt %(share)s"), {"share": self._share(self.unknown)})
        for label, count in self.asides:
            each = Phrase("%(label)s %(share)s", {"label": Phrase(label), "share": self._share(count)})
            inside = Phrase(_("%(first)s, %(last)s"), {"first": inside, "last": each})
        base = Phrase(_("n tilbageholdt")) if self.base is None else f"n={self.base}"
        inside = Phrase(_("%(first)s, %(last)s"), {"first": inside, "last": base})
        values: dict[str, Word] = {"label": Phrase(self.label), "share": self._share(self.count)}
        return Phrase("%(label)s %(share)s (%(inside)s)", {**values, "inside": inside})

    def _share(self, count: int | None) -> Word:
        if count is None or not self.base:
            return Phrase(_("tilbageholdt"))
        return f"{(200 * count + self.base) // (2 * self.base)} %"
