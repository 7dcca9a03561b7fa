"""What a resident has said yes to, recipient by recipient, and what they have read: to take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from brobygger.bridging.models import Leg
from brobygger.bridging.terms import Direction as Way
from brobygger.partners.models import Organisation
from brobygger.privacy import rules
from brobygger.privacy.reads import lines_of
from brobygger.privacy.terms import DataKind, Direction
from brobygger.residents.models import Resident


@dataclass(frozen=True, slots=True)
class Given:
    """One recipient's part: the kinds of data it may have, whether it may answer, and what it has read."""

    recipient: Organisation
    kinds: tuple[DataKind, ...]
    may_answer: bool
    legs: tuple[Leg, ...]

    @property
    def has_read(self) -> bool:
        return any(leg.seen_at for leg in self.legs)

    @property
    def was_sent(self) -> bool:
        return any(leg.sent_at for leg in self.legs)


def what_stands(resident: Resident) -> list[Given]:
    """Everything that can be taken back, run out or not, by the recipient's name. Three queries.

    The caller has checked the right to hear it from this resident.
    """
    lines = lines_of([resident.pk])[resident.pk]
    recipients = Organisation.objects.in_bulk({line.recipient for line in lines})
    legs = list(Leg.objects.filter(subject_id=resident.pk).exclude(direction=Way.IN))
    found = [_given(who, lines, legs) for who in recipients.values()]
    return sorted(
        (one for one in found if one.kinds or one.may_answer), key=lambda one: one.recipient.name.casefold()
    )


def _given(who: Organisation, lines: Sequence[rules.Line], legs: Sequence[Leg]) -> Given:
    held, back = (_held(who.pk, lines, direction) for direction in (Direction.GIVE, Direction.GET))
    return Given(
        recipient=who,
        kinds=tuple(kind for kind in DataKind if kind in held),
        may_answer=bool(back),
        legs=tuple(leg for leg in legs if leg.recipient_id == who.pk),
    )


def _held(who: UUID, lines: Sequence[rules.Line], direction: Direction) -> frozenset[str]:
    return rules.can_be_taken_back(lines, recipient=who, direction=direction)
