"""What a password must be: long, and not one of those everybody tries. No signs that must be in it, no age.

The list is Django's own: 20,000 of the most used passwords. A long password is mostly breached by being made
of short ones, so two of the list put together, or one thing said again and again, is refused as well.
Everything is looked up offline; nothing of a password leaves the machine.
"""

import re
from functools import cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST, LONGEST = 15, 500
OURS = {"brobygger", "brobyggeren", "boligsocial", "helhedsplan", "beboerhuset"}
ROWS = ("abcdefghijklmnopqrstuvwxyzæøå", "01234567890123456789", "qwertyuiopå", "asdfghjklæø", "zxcvbnm")


class HouseRule:
    """Django's hook for our rules; `user` gives the words that say who it is."""

    def validate(self, password: str, user: Any = None) -> None:
        about = [*re.split(r"[^\w]+", getattr(user, "email", "") or "")]
        if fault := fault_of(password, about=about):
            raise ValidationError(fault)

    def get_help_text(self) -> str:
        return _("Mindst 15 tegn. Flere ord efter hinanden er gode. Du må gerne sætte ind fra en huskeboks.")


def fault_of(password: str, *, about: list[str]) -> str:
    """What is wrong with a password as a sentence; '' if nothing is."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return _("Den er for kort. Den skal have mindst 15 tegn. Tre eller fire ord er nok.")
    if len(password) > LONGEST:
        return _("Den er for lang. Der er plads til 500 tegn.")
    if is_worn(plain, extra=frozenset(word.casefold() for word in about if len(word) > 3)):
        return _("Den er for let at gætte: den er lavet af noget, mange bruger. Vælg nogle helt andre ord.")
    return ""


def is_worn(plain: str, *, extra: frozenset[str] = frozenset()) -> bool:
    """Whether it is a common password, two of them in a row, a row of keys, or one thing repeated.

    >>> [is_worn(word) for word in ("passwordpassword", "abcabcabcabcabc", "1234567890123456")]
    [True, True, True]
    >>> is_worn("tre gule paraplyer i gangen")
    False
    """
    common = _common() | extra | OURS
    bare = re.sub(r"[\s\W_]+", "", plain) or plain
    return any(
        one in common or _repeats(one) or _is_row(one) or _is_two_of(one, common) for one in {plain, bare}
    )


def _repeats(text: str) -> bool:
    return len(text) > 1 and (text + text).find(text, 1) <= len(text) // 2


def _is_row(text: str) -> bool:
    """Neighbours on the keyboard or in the alphabet, forwards or backwards, for most of its length."""
    return any(text in row * 3 or text[::-1] in row * 3 for row in ROWS)


def _is_two_of(text: str, common: frozenset[str] | set[str]) -> bool:
    def known(part: str) -> bool:
        return part in common or _is_row(part) or part.isdecimal() or _repeats(part)

    return any(known(text[:cut]) and known(text[cut:]) for cut in range(1, len(text)))


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
