"""Rates: never a bare percentage. Each is told with its unknown share and its base (STA-04)."""

from collections.abc import Mapping
from dataclasses import dataclass

from brobygger.engine.disclosure.values import Protected
from brobygger.engine.words import Phrase, Word
from brobygger.engine.words import gettext_noop as _

NO_ASIDES: Mapping[str, str] = {}


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

    @property
    def percent(self) -> int | None:
        """Rounded to whole hundredths, half upwards; None where it is withheld."""
        return None if self.count is None or not self.base else _percent(self.count, self.base)

    @classmethod
    def of(
        cls,
        table: Protected,
        *,
        label: str,
        counted: str,
        unknown: str,
        asides: Mapping[str, str] = NO_ASIDES,
        within: str = "",
    ) -> "Rate":
        """From the last dimension of a table; `within` is a category of the first one, or all of them.

        `asides`: category -> its label in Danish, marked for translation.
        """
        last, first = table.dimensions[-1].name, table.dimensions[0].name
        place = {first: within} if within else {}

        def count(category: str) -> int | None:
            return table.cell({**place, last: category})

        return cls(
            label,
            count(counted),
            count(unknown),
            tuple((said, count(each)) for each, said in asides.items()),
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
        return f"{_percent(count, self.base)} %"


def _percent(part: int, base: int) -> int:
    return (200 * part + base) // (2 * base)
