"""Places where a room plugs in, so that a lower floor never has to import a higher one (FOUNDATION 6)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from brobygger.foundation.cards import NavigationItem, TodayCard

Plug = TypeVar("Plug")


class Socket(Generic[Plug]):
    """A named set of plugs. The same name twice is refused."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._plugs: dict[str, Plug] = {}

    def plug(self, name: str, plug: Plug) -> None:
        if name in self._plugs:
            raise ValueError(f"{name} is plugged into {self.what} already")
        self._plugs[name] = plug

    def plug_all(self, plugs: Mapping[str, Plug]) -> None:
        for name, plug in plugs.items():
            self.plug(name, plug)

    def __iter__(self) -> Iterator[tuple[str, Plug]]:
        return iter(sorted(self._plugs.items()))

    def __getitem__(self, name: str) -> Plug:
        return self._plugs[name]


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who sends messages about one kind of thing: the name of the job, and what to do if they do not arrive.

    The job takes `organisation` and `message`; `gave_up` gets the messages and the moment, in their house.
    """

    job: str
    gave_up: Callable[[list[Any], datetime], None] = lambda messages, now: None


# about_kind of a message -> its carrier
carriers = Socket[Carrier]("carriers")
# A daily job gets the moment it runs at, once per organisation, inside that organisation's scope.
daily_jobs = Socket[Callable[[datetime], object]]("daily_jobs")
counters = Socket[Callable[..., int]]("counters")
# (viewer's membership, now) -> what has a date and whose it is.
today_cards = Socket[Callable[[Any, datetime], list[TodayCard]]]("today_cards")
navigation = Socket[NavigationItem]("navigation")
# (event, resident id, moment), inside the transaction of whoever ends something.
endings = Socket[Callable[[str, UUID, datetime], None]]("endings")
# (viewer's membership, an offer's facts before and after a change, day) -> what comes of it, in sentences.
previews = Socket[Callable[[Any, Any, Any, date], list[str]]]("previews")
# (membership) -> open ends that refuse a departure.
open_ends = Socket[Callable[[Any], list[str]]]("open_ends")
