"""Whether a telephone number can be rung, and what to do if it cannot. Danish numbers and foreign ones.

Only the length is judged. Whether a number is in use is for the telephone to find out, and numbers that
nobody can have (00 00 00 00) are just what a practice edition needs.
"""

from collections.abc import Mapping

import phonenumbers
from phonenumbers import PhoneNumberFormat, ValidationResult

from brobygger.engine.words import Phrase, Word
from brobygger.engine.words import gettext_noop as _

NO_VALUES: Mapping[str, Word] = {}
DENMARK, DIGITS = "45", 8
COUNTED = [
    _("ét tal"),
    _("to tal"),
    _("tre tal"),
    _("fire tal"),
    _("fem tal"),
    _("seks tal"),
    _("syv tal"),
    _("otte tal"),
]


class Unusable(Exception):  # noqa: N818 - told to the person at the keyboard
    """Why a number cannot be rung: `why` is a sentence to be translated."""

    def __init__(self, template: str, values: Mapping[str, Word] = NO_VALUES) -> None:
        super().__init__(template)
        self.why = Phrase(template, values)


def written(text: str) -> str:
    """The number as it is kept, with its country. Raises Unusable with a sentence that helps.

    >>> written("12345678"), written("+45 12 34 56 78"), written("0046 70 123 45 67")
    ('+45 12 34 56 78', '+45 12 34 56 78', '+46 70 123 45 67')
    """
    if any(sign.isalpha() for sign in text):
        raise Unusable(_("Skriv kun tal. Er det ikke et nummer, så vælg en anden måde."))
    danish = _danish(text)
    return _in_pairs(danish) if danish is not None else _foreign(text)


def _danish(text: str) -> str | None:
    """The digits after +45, or None if the number is another country's."""
    number = "".join(sign for sign in text if sign.isdecimal())
    has_plus, has_zeros = "+" in text, number.startswith("00") and len(number) > DIGITS
    if not has_plus and not has_zeros:
        whole = len(number) == len(DENMARK) + DIGITS
        return number.removeprefix(DENMARK) if whole else number
    number = number if has_plus else number.removeprefix("00")
    return number.removeprefix(DENMARK) if number.startswith(DENMARK) else None


def _in_pairs(number: str) -> str:
    short = DIGITS - len(number)
    if short > 0:
        raise Unusable(_("Der mangler %(count)s i nummeret."), {"count": _count(short)})
    if short < 0:
        raise Unusable(_("Der er %(count)s for meget i nummeret."), {"count": _count(-short)})
    return " ".join([f"+{DENMARK}", *(number[at : at + 2] for at in range(0, DIGITS, 2))])


def _foreign(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "DK")
    except phonenumbers.NumberParseException:
        raise Unusable(_("Landet foran nummeret findes ikke. Danmark er +45.")) from None
    reason = phonenumbers.is_possible_number_with_reason(number)
    country = {"country": f"+{number.country_code}"}
    if reason == ValidationResult.TOO_SHORT:
        raise Unusable(_("Nummeret er for kort til at være fra %(country)s."), country)
    if reason != ValidationResult.IS_POSSIBLE:
        raise Unusable(_("Nummeret er for langt til at være fra %(country)s."), country)
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _count(digits: int) -> Phrase:
    if digits <= len(COUNTED):
        return Phrase(COUNTED[digits - 1])
    return Phrase(_("%(count)s tal"), {"count": digits})
