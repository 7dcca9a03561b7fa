"""Official words that residents and partners may meet, each with what it means in everyday Danish.

A page that says one of them explains it there: {% explained "samtykke" "myndighed" %}. The tests read every
page of residents and partners and ask for the explanation of each word they find.
"""

import re
from dataclasses import dataclass

from brobygger.engine.words import gettext_noop as _


@dataclass(frozen=True, slots=True)
class OfficialWord:
    """The word as it is asked about, what it means, and (if it is not said in that form) how to find it."""

    word: str
    means: str
    found_by: str = ""

    def is_in(self, text: str) -> bool:
        """Whether a Danish text says the word, also inside another: "samtykket", "tavshedspligten"."""
        return re.search(self.found_by or re.escape(self.word), text, re.IGNORECASE) is not None


_ALL = (
    OfficialWord(
        _("samtykke"),
        _("Et ja til, at vi må give noget om dig videre. Du kan altid tage det tilbage."),
    ),
    OfficialWord(
        _("myndighed"),
        _("Dem, der efter loven kan bestemme noget om dig: kommunen, politiet og andre. Det kan vi ikke."),
    ),
    OfficialWord(
        _("boligsocial"),
        _("Hjælp til dem, der bor i kvarteret. Boligforeningen står bag."),
    ),
    OfficialWord(
        _("helhedsplan"),
        _("Planen for, hvad der skal gøres for kvarteret de næste fire år."),
    ),
    OfficialWord(
        _("CPR-nummer"),
        _("Dit personnummer, de ti tal på det gule sundhedskort."),
    ),
    OfficialWord(
        _("Datatilsynet"),
        _("Et kontor i staten. Det holder øje med, at alle passer på det, de ved om andre."),
    ),
    OfficialWord(
        _("underretning"),
        _("En besked til kommunen, når nogen er bange for, at et barn ikke har det godt."),
        r"underret",
    ),
    OfficialWord(
        _("tavshedspligt"),
        _("Loven siger, at vi ikke må fortælle det videre, vi får at vide om dig."),
    ),
    OfficialWord(
        _("fritidspas"),
        _("Penge fra kommunen, så et barn kan gå til noget i sin fritid."),
    ),
    OfficialWord(
        _("følgeskab"),
        _("En, der går med dig den første gang, hvis du gerne vil have det."),
        r"følgeskab",
    ),
    OfficialWord(
        _("journalisere"),
        _("At gemme et brev eller en besked, som loven siger, et kontor skal."),
        r"journalis",
    ),
    OfficialWord(
        _("målgruppe"),
        _("Dem, et tilbud er til for."),
    ),
    OfficialWord(
        _("WCAG"),
        _("Regler for, hvordan en side på nettet laves, så alle kan bruge den."),
    ),
    OfficialWord(
        _("skærmlæser"),
        _("Et program, der læser siden højt for en, der ikke kan se den."),
    ),
    OfficialWord(
        _("retshjælp"),
        _("Gode råd om loven. De er gratis."),
    ),
    OfficialWord(
        _("almen boligorganisation"),
        _("En forening, der lejer boliger ud og ikke skal tjene penge på det."),
        r"almen\w* bolig",
    ),
    OfficialWord(
        _("værested"),
        _("Et sted, hvor man bare kan komme ind og være sammen med andre."),
    ),
)
OFFICIAL: dict[str, OfficialWord] = {one.word: one for one in _ALL}


def said_in(text: str) -> list[OfficialWord]:
    """The official words a Danish text says.

    >>> [one.word for one in said_in("Samtykket er trukket tilbage.")]
    ['samtykke']
    """
    return [one for one in _ALL if one.is_in(text)]
