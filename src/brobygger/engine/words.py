"""The words of the house: terms with Danish labels, and sentences that can be translated later.

Nothing here translates. Labels and templates are Danish and only *marked*; the pages translate.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self, TypeAlias, Union


def gettext_noop(text: str) -> str:
    """Mark a text for translation without importing Django (makemessages looks for this name)."""
    return text


_ = gettext_noop


class Term(StrEnum):
    """A word with a fixed code and a Danish label.

    >>> class Season(Term):
    ...     SUMMER = "summer", "sommer"
    >>> Season("summer").label
    'sommer'
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:  # a default, so that Season("summer") type-checks
        if not label:
            raise TypeError(f"the term {value!r} has no label")
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term


Word: TypeAlias = Union[str, int, "Phrase"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence and what stands in its blanks, kept apart until somebody reads it in a language.

    A blank may hold another phrase, so that "kl. 9.30" can become "9:30" inside a longer sentence.

    >>> minutes = Phrase("%(count)s minutter", {"count": 9})
    >>> Phrase("Det tager %(how_long)s", {"how_long": minutes}).text()
    'Det tager 9 minutter'
    """

    template: str
    values: Mapping[str, Word] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Read it aloud; `translate` turns each marked Danish template into the reader's language."""
        return translate(self.template) % {name: read(word, translate) for name, word in self.values.items()}

    def as_plain(self) -> dict[str, Any]:
        """For keeping: what was said then can be read again, in any language, when the house says it anew."""
        values = {n: word.as_plain() if isinstance(word, Phrase) else word for n, word in self.values.items()}
        return {"template": self.template, "values": values}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> "Phrase":
        values = {n: cls.from_plain(v) if isinstance(v, dict) else v for n, v in kept["values"].items()}
        return cls(kept["template"], values)


def read(word: Word, translate: Callable[[str], str]) -> str:
    return word.text(translate) if isinstance(word, Phrase) else str(word)


class Language(Term):
    """Languages often met on Danish estates, by ISO 639-1. Other codes are allowed and show as they are."""

    ALBANIAN = "sq", _("albansk")
    AMHARIC = "am", _("amharisk")
    ARABIC = "ar", _("arabisk")
    BOSNIAN = "bs", _("bosnisk")
    BULGARIAN = "bg", _("bulgarsk")
    CHINESE = "zh", _("kinesisk")
    DANISH = "da", _("dansk")
    ENGLISH = "en", _("engelsk")
    FRENCH = "fr", _("fransk")
    GERMAN = "de", _("tysk")
    GREENLANDIC = "kl", _("grønlandsk")
    KURDISH = "ku", _("kurdisk")
    PASHTO = "ps", _("pashto")
    PERSIAN = "fa", _("persisk og dari")
    POLISH = "pl", _("polsk")
    PUNJABI = "pa", _("punjabi")
    ROMANIAN = "ro", _("rumænsk")
    RUSSIAN = "ru", _("russisk")
    SERBIAN = "sr", _("serbisk")
    SOMALI = "so", _("somalisk")
    SPANISH = "es", _("spansk")
    SWAHILI = "sw", _("swahili")
    TAMIL = "ta", _("tamil")
    THAI = "th", _("thai")
    TIGRINYA = "ti", _("tigrinya")
    TURKISH = "tr", _("tyrkisk")
    UKRAINIAN = "uk", _("ukrainsk")
    URDU = "ur", _("urdu")
    VIETNAMESE = "vi", _("vietnamesisk")
