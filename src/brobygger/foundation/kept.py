"""Sentences the house itself wrote down, said anew in the language of whoever reads them.

A next step of a need, or what happened when a deadline passed, is stored in Danish, as it was said then.
A room names the sentences it writes (`plugs.py`). A stored text that is one of them is read in the reader's
language; every other text, above all what people wrote, stands as it was written.
"""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

BLANK = re.compile(r"%\\\((\w+)\\\)s")
# A name begins with a capital and is no sentence: "Ring til hende, og spørg" is nobody's but its writer's.
NAMED, A_NAME, ANYTHING = {"recipient"}, r"[^\Wa-zæøå_][^.,:?!]*", ".+"
_SHAPES: dict[re.Pattern[str], str] = {}


def writes(*templates: str) -> None:
    """Name sentences that are stored, with blanks as "%(who)s"; they must be marked for translation."""
    for template in templates:
        _SHAPES[re.compile(BLANK.sub(_held, re.escape(template)))] = template


def _held(blank: re.Match[str]) -> str:
    return f"(?P<{blank[1]}>{A_NAME if blank[1] in NAMED else ANYTHING})"


def said_anew(text: str) -> str:
    """The text in the reader's language if the house wrote it; else as it stands."""
    if get_language() == "da":
        return text
    for shape, template in _SHAPES.items():
        if found := shape.fullmatch(text):
            return _(template) % {name: _blank(value) for name, value in found.groupdict().items()}
    return text


def _blank(value: str) -> str:
    """A list of the house's own words ("broens ejer, lederen"), or a name, which no catalogue knows."""
    return _(", ").join(_(word) if word else word for word in value.split(", "))
