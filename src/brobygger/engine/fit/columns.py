"""The fast twin: pack the offers once, then judge every rule for all of them at a time.

Equal to `plain.rank`, number by number; what the rules mean is told in `fit`, and `constraints` gives the
reasons. Offers are packed by id, so that a stable sort breaks ties as `plain` does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from brobygger.engine.fit import order
from brobygger.engine.fit.constraints import CONFIRMED_FOR, Constraint
from brobygger.engine.fit.layout import NO_DAY, Ages, Codes, Columns, Flags, Numbers
from brobygger.engine.fit.plain import id_number
from brobygger.engine.fit.ranking import Placed, Ranking
from brobygger.engine.fit.values import OfferFacts, Person


def pack(offers: Iterable[OfferFacts]) -> Columns:
    """Once per change of the directory: about 12 microseconds an offer."""
    return Columns.of(sorted(offers, key=lambda offer: id_number(offer.id)))


def rank(person: Person, columns: Columns, *, fits: int = 20, near: int = 10, others: int = 0) -> Ranking:
    """The offers for one person's need. `fits`, `near` and `others` say how many of each to return."""
    masks = Masks.of(person, columns)
    things = np.bitwise_count(masks.against)
    about_the_need = (masks.against | masks.ask) & Constraint.NEED == 0
    fitting = np.flatnonzero(things == 0)
    missing_one = np.flatnonzero(about_the_need & (things == 1))
    missing_more = np.flatnonzero(about_the_need & (things > 1))
    against = masks.against[about_the_need]
    return Ranking(
        fits=masks.placed(masks.by_trouble(fitting)[:fits]),
        near=masks.placed(masks.by_trouble(missing_one)[:near]),
        others=masks.placed(masks.by_things_in_the_way(missing_more)[:others]),
        fits_in_all=len(fitting),
        near_in_all=len(missing_one),
        others_in_all=len(missing_more),
        in_the_way={one: int(np.count_nonzero(against & one)) for one in Constraint},
    )


@dataclass(slots=True)
class Masks:
    """Every offer's two masks and its penalty, while the rules are judged one after another."""

    person: Person
    columns: Columns
    against: Numbers
    ask: Numbers
    penalty: Numbers

    @classmethod
    def of(cls, person: Person, columns: Columns) -> "Masks":
        masks = cls(person, columns, *(np.zeros(len(columns.ids), np.int64) for _ in range(3)))
        masks._judge_need()
        masks._judge_distance()
        masks._judge_times()
        masks._judge_limits_of_the_offer()
        masks._judge_step_free()
        masks._judge_price()
        masks._judge_places()
        masks._judge_opening()
        masks._weigh_the_questions()
        return masks

    def placed(self, rows: Numbers) -> tuple[Placed, ...]:
        return tuple(
            Placed(
                self.columns.ids[row],
                Constraint(int(self.against[row])),
                Constraint(int(self.ask[row])),
                int(self.penalty[row]),
            )
            for row in rows
        )

    def by_trouble(self, rows: Numbers) -> Numbers:
        return rows[np.argsort(self.penalty[rows], kind="stable")]

    def by_things_in_the_way(self, rows: Numbers) -> Numbers:
        return rows[np.lexsort((self.penalty[rows], np.bitwise_count(self.against[rows])))]

    def _judge_need(self) -> None:
        themes = self.columns.themes
        self._put(
            Constraint.NEED,
            ask=~themes.known,
            against=themes.limited & ~themes.meet(self.person.themes),
        )

    def _judge_distance(self) -> None:
        points, person = self.columns.points, self.person
        if person.home is None:
            return
        minutes = np.where(points.limited, (points.metres_from(person.home) * 13 + 799) // 800, 0)
        self.penalty += minutes
        self._put(Constraint.DISTANCE, ask=~points.known)
        if person.max_minutes is not None:
            self._put(Constraint.DISTANCE, against=points.limited & (minutes > person.max_minutes))

    def _judge_times(self) -> None:
        slots = self.columns.slots
        if self.person.times is None:
            return
        self._put(Constraint.TIMES, ask=~slots.known, against=slots.limited & ~slots.suit(self.person.times))

    def _judge_limits_of_the_offer(self) -> None:
        person, columns = self.person, self.columns
        ages = columns.ages
        age = person.age if person.age is not None else 0
        gender = None if person.gender is None else frozenset({person.gender})
        self._limit(Constraint.AGE, ages, person.age is not None, (ages.from_ <= age) & (age < ages.until))
        self._limit_codes(Constraint.LANGUAGE, columns.languages, person.languages)
        self._limit_codes(Constraint.GROUP, columns.genders, gender)
        self._limit_codes(Constraint.AREA, columns.areas, person.areas)

    def _judge_step_free(self) -> None:
        step_free, needed = self.columns.step_free, self.person.needs_step_free
        if needed is None:
            self._put(Constraint.STEP_FREE, ask=step_free == 0)
        elif needed:
            self._put(Constraint.STEP_FREE, ask=step_free < 0, against=step_free == 0)

    def _judge_price(self) -> None:
        price, most = self.columns.price, self.person.max_price
        if most is None:
            return
        self.penalty += np.maximum(price, 0) // order.ORE_PER_POINT
        self._put(Constraint.PRICE, ask=price < 0, against=price > most.ore)

    def _judge_places(self) -> None:
        room, today, wait = self.columns.room, self.person.today.toordinal(), self.person.wait_until
        later = room.next_on > today
        earliest = (self.person.today - CONFIRMED_FOR).toordinal()
        confirmed = (room.confirmed_on >= earliest) & (room.next_on == NO_DAY)
        unsure = room.known & ~room.needs_none & ~later & ~confirmed
        on_a_list = room.is_list & confirmed
        full = room.is_full & confirmed
        cannot_wait = wait is not None and wait <= self.person.today
        self._put(
            Constraint.PLACES,
            ask=~room.known | unsure | (on_a_list & (not cannot_wait)),
            against=full | (on_a_list & cannot_wait),
        )
        self._wait(Constraint.PLACES, later, room.next_on)
        self.penalty += order.WAITING * (later | on_a_list | full | (self.columns.opens_on > today))

    def _judge_opening(self) -> None:
        columns, today = self.columns, self.person.today.toordinal()
        later = columns.opens_on > today
        self._put(Constraint.OPEN, against=~later & (columns.paused | (columns.closes_on <= today)))
        self._wait(Constraint.OPEN, later, columns.opens_on)

    def _weigh_the_questions(self) -> None:
        self.penalty += order.PER_QUESTION * np.bitwise_count(self.ask).astype(np.int64)
        self.penalty += order.THEME_UNKNOWN * (self.ask & Constraint.NEED != 0)

    def _limit_codes(self, constraint: Constraint, theirs: Codes, mine: frozenset[str] | None) -> None:
        self._limit(constraint, theirs, mine is not None, theirs.meet(mine or frozenset()))

    def _limit(self, constraint: Constraint, theirs: Ages | Codes, said: bool, within: Flags) -> None:
        """The limits an offer may set for people are all judged alike."""
        if said:
            self._put(constraint, ask=~theirs.known, against=theirs.limited & ~within)
        else:
            self._put(constraint, ask=theirs.limited)

    def _wait(self, constraint: Constraint, later: Flags, day: Numbers) -> None:
        wait_until = self.person.wait_until
        if wait_until is None:
            self._put(constraint, ask=later)
        else:
            self._put(constraint, against=later & (day > wait_until.toordinal()))

    def _put(self, constraint: Constraint, *, ask: Flags | None = None, against: Flags | None = None) -> None:
        if ask is not None:
            self.ask |= ask * np.int64(constraint)
        if against is not None:
            self.against |= against * np.int64(constraint)
