"""One way of contact: what kind it is, and whether it can be used."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from brobygger.residents.telephone import Unusable, written
from brobygger.residents.terms import WayToReach

RUNG = frozenset({WayToReach.PHONE, WayToReach.SMS})


def guessed_way(text: str) -> WayToReach:
    """What kind of contact a text looks like. Letters that are no e-mail are taken as somebody in between.

    >>> guessed_way("12 34 56 78").value, guessed_way("a@b.dk").value, guessed_way("naboen Kaj").value
    ('phone', 'email', 'through')
    """
    if "@" in text:
        return WayToReach.EMAIL
    return WayToReach.THROUGH if any(sign.isalpha() for sign in text) else WayToReach.PHONE


def as_reachable(way: WayToReach, text: str) -> str:
    """The contact as it is kept, or a ValidationError that says what to do."""
    if way in RUNG:
        try:
            return written(text)
        except Unusable as wrong:
            raise ValidationError(wrong.why.text(_)) from None
    if way is WayToReach.EMAIL:
        _refuse_bad_address(text)
    return text


def _refuse_bad_address(text: str) -> None:
    if "@" not in text:
        raise ValidationError(_("Der mangler et @ i adressen."))
    try:
        validate_email(text)
    except ValidationError:
        raise ValidationError(_("Der er noget galt i adressen. Se efter, om alt er med.")) from None


def press_to_reach(way: str, reach_at: str) -> str:
    """The address a press on the screen opens: tel: or mailto:, or nothing where no press helps."""
    if way in RUNG and any(sign.isdecimal() for sign in reach_at):
        return "tel:" + "".join(sign for sign in reach_at if sign.isdecimal() or sign == "+")
    return f"mailto:{reach_at}" if way == WayToReach.EMAIL else ""
