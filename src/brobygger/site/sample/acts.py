"""What can happen to a bridge in a story, and how stories are told shortly.

Each act was done some working days before today and at an hour of the clock.
"""

from dataclasses import dataclass
from typing import TypeAlias

from brobygger.bridging.terms import Channel, DecidedBy, EndReason, LegOutcome, RejectReason
from brobygger.residents.terms import NeedOutcome


@dataclass(frozen=True, slots=True)
class Built:
    """Also told of a further leg, after the first has ended."""

    ago: int
    clock: str


@dataclass(frozen=True, slots=True)
class Sent:
    ago: int
    clock: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    ago: int
    clock: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """`meets` is a number of days from today and an hour, `met` so many working days ago and an hour.

    Without either they were put on the waiting list.
    """

    ago: int
    clock: str
    meets: tuple[int, str] | None = None
    text: str = ""
    met: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    ago: int
    clock: str
    reason: RejectReason
    text: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    ago: int
    clock: str
    by: DecidedBy
    reason: EndReason
    text: str = ""
    close_need: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """From the waiting list to a place, and a first meeting."""

    ago: int
    clock: str
    met: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Accompanied:
    """Somebody is asked to go along: a member of the house by name, or the resident's own person."""

    ago: int
    clock: str
    who: str
    where: str
    wishes: str = ""
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class Met:
    ago: int
    clock: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    ago: int
    clock: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Doubted:
    """The resident says that they have not met after all."""

    ago: int
    clock: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """To get hold of the resident, or, when the leg has ended, to ask how it went."""

    ago: int
    clock: str
    channel: Channel = Channel.PHONE


@dataclass(frozen=True, slots=True)
class Completed:
    ago: int
    clock: str
    outcome: LegOutcome
    text: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    ago: int
    clock: str


@dataclass(frozen=True, slots=True)
class Silent:
    """An authority that has confirmed receipt may say no more: the ground."""

    ago: int
    clock: str
    ground: str


@dataclass(frozen=True, slots=True)
class Failed:
    ago: int
    clock: str
    reason: EndReason
    text: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The resident's word on how it went, told to the worker. `then`: the need's next step, in two weeks."""

    ago: int
    clock: str
    verdict: NeedOutcome
    text: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The consent, by a word to the worker."""

    ago: int
    clock: str


@dataclass(frozen=True, slots=True)
class InError:
    ago: int
    clock: str
    reason: str


Step: TypeAlias = (
    Built
    | Sent
    | Opened
    | Accepted
    | Declined
    | Withdrawn
    | Placed
    | Accompanied
    | Met
    | Missed
    | Doubted
    | Tried
    | Completed
    | Acknowledged
    | Silent
    | Failed
    | Said
    | TakenBack
    | InError
)


@dataclass(frozen=True, slots=True)
class Story:
    """One bridge. `words` begin a line in the table of needs, or are the short name of a wish of the cast.

    `because` is the line of why of a free choice; `then` is where the bridge goes on after a no.
    """

    worker: str
    words: str
    offer: str
    steps: tuple[Step, ...]
    because: str = ""
    then: str = ""


def asked(ago: int, clock: str, message: str = "") -> tuple[Step, ...]:
    """Built, and sent a quarter of an hour later."""
    hour, minute = divmod(to_minutes(clock) + 15, 60)
    return Built(ago, clock), Sent(ago, f"{hour}.{minute:02}", message)


def to_minutes(clock: str) -> int:
    hour, minute = clock.split(".")
    return int(hour) * 60 + int(minute)


def seen(ago: int, opened: int, clock: str, message: str = "") -> tuple[Step, ...]:
    return *asked(ago, clock, message), Opened(opened, "13.05")


def yes(ago: int, answered: int, meets: tuple[int, str], text: str = "") -> tuple[Step, ...]:
    return *seen(ago, answered, "10.20"), Accepted(answered, "13.20", meets, text)


def listed(ago: int, answered: int, text: str) -> tuple[Step, ...]:
    return *seen(ago, answered, "11.15"), Accepted(answered, "13.40", None, text)


def no(ago: int, answered: int, reason: RejectReason, text: str = "") -> tuple[Step, ...]:
    return *seen(ago, answered, "9.40"), Declined(answered, "14.30", reason, text)


def changed_mind(ago: int, ended: int, text: str) -> tuple[Step, ...]:
    return *asked(ago, "12.10"), Withdrawn(
        ended, "14.15", DecidedBy.RESIDENT, EndReason.PERSON_DECLINED, text, close_need=True
    )


def together(sent: int, answered: int, met: int, text: str = "") -> tuple[Step, ...]:
    """Sent, taken, and met: so many working days ago each."""
    return (
        *seen(sent, answered, "10.05"),
        Accepted(answered, "13.10", text=text, met=(met, "14.00")),
        Met(met, "15.10"),
    )
