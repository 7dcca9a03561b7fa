"""What the residents ask for, in their own words. While open: whose it is, what happens next, and when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from brobygger.foundation.days import add_working_days, working_day_on_or_after
from brobygger.offers.terms import Theme
from brobygger.residents.models import Need
from brobygger.residents.terms import NeedOutcome
from brobygger.site.sample.frame import Frame, key, rows
from brobygger.site.sample.people import MAJA
from brobygger.site.sample.residents import Neighbour, Stage
from brobygger.site.sample.stories import STORIES

LISTENS_TO = {
    Stage.YOUNG: {Stage.YOUNG},
    Stage.PARENT: {Stage.PARENT, Stage.ADULT},
    Stage.ADULT: {Stage.ADULT},
    Stage.OLD: {Stage.OLD},
}
HOW_MANY_EACH = [0, 1, 1, 1, 2, 1, 2, 1, 0, 3]  # for ten residents
CLOSED_SHARE = 0.36
OUTCOMES = {
    NeedOutcome.GOT_HELP_FULL: 34,
    NeedOutcome.GOT_HELP_PARTLY: 16,
    NeedOutcome.ENROLLED_ONGOING: 22,
    NeedOutcome.SOLVED_OTHERWISE: 14,
    NeedOutcome.NOT_HELPED: 7,
    NeedOutcome.UNKNOWN: 7,
}
# Working days from today on which Maja's next steps stand; the others' days are drawn.
MAJAS_DAYS = (-2, 0, 0, 1, 2, 2, 4, 5)
FOR_TODAY = "amir-football"
INGERS = "Der kan gå en hel uge, hvor det kun er radioen, der siger noget. Jeg vil gerne drikke kaffe med en."
AMIRS = "Min søn taler ikke om andet end fodbold. Jeg ved bare ikke, hvordan man kommer ind."
LETTERS = "Der kommer breve hver uge. Jeg kan læse ordene, men jeg ved ikke, hvad de vil have, jeg skal gøre."


@dataclass(frozen=True, slots=True)
class Wish:
    """One need, whose it is, and the short name under which a story finds it."""

    short: str
    need: Need
    neighbour: Neighbour


KEPT = tuple(story.words for story in STORIES)


class Words:
    """The words of the table, none twice before all that suit have been used; those of stories are theirs."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._told = [row for row in rows("needs") if not row["words"].startswith(KEPT)]
        self._used: dict[str, int] = defaultdict(int)

    def one(self, neighbour: Neighbour) -> tuple[Theme, str]:
        suiting = [row for row in self._told if suits(row["who"], neighbour)]
        least = min(self._used[row["words"]] for row in suiting)
        row = self._chance.choice([row for row in suiting if self._used[row["words"]] == least])
        self._used[row["words"]] += 1
        return Theme(row["theme"]), row["words"]


def told_in_table(beginning: str) -> tuple[Theme, str, str]:
    """Theme, who may say it, and the words, of the one line that begins so."""
    (row,) = (row for row in rows("needs") if row["words"].startswith(beginning))
    return Theme(row["theme"]), row["who"], row["words"]


def suits(who: str, neighbour: Neighbour) -> bool:
    """Whether somebody in that stage of life (and, where it matters, of that gender) could say it."""
    stage, _, gender = who.partition(" ")
    return Stage(stage) in LISTENS_TO[neighbour.stage] and gender in {"", neighbour.gender.value}


def wishes(frame: Frame, people: list[Neighbour]) -> list[Wish]:
    """Every need, those of the cast first. Nothing is saved yet: open ones get their days in `set_days`."""
    words, chance = Words(frame.chance("words")), frame.chance("needs")
    steps = _steps()
    invented = [
        _invented(frame, f"{one.short}-{n}", one, words.one(one), steps, chance)
        for place, one in enumerate(people[2:])
        for n in range(HOW_MANY_EACH[place % len(HOW_MANY_EACH)])
    ]
    return [*_of_the_cast(frame, *people[:2]), *invented]


def set_days(frame: Frame, idle: Iterable[Wish]) -> None:
    """Give the open needs that no bridge carries their next day: some late, some today, most ahead."""
    chance, majas = frame.chance("days"), iter(MAJAS_DAYS)
    for wish in idle:
        drawn = chance.choice([-1, 0, 1, 2, 3, 5, 8, 8, 11, 13, 15, 18, 21, 26])
        if wish.short == FOR_TODAY:
            days = 0
        else:
            days = next(majas, drawn + 8) if wish.neighbour.worker.name == MAJA else drawn
        wish.need.next_step_on = _day(frame, days)


def _day(frame: Frame, working_days: int) -> date:
    if working_days < 0:
        return frame.past(-working_days, "9.00").date()
    return add_working_days(frame.today, working_days) if working_days else frame.today


def _of_the_cast(frame: Frame, inger: Neighbour, amir: Neighbour) -> Iterator[Wish]:
    told = (
        ("inger", inger, Theme.COMPANY, INGERS, "Hør, om besøgsvennen har ringet", 14),
        ("amir-football", amir, Theme.LEISURE, AMIRS, "Find et hold sammen med Amir", 4),
        ("amir-letters", amir, Theme.AUTHORITIES, LETTERS, "Spørg, hvem der kan forklare brevene", 3),
    )
    for short, neighbour, theme, words, step, ago in told:
        opened = frame.past(ago, "10.30")
        yield Wish(short, _need(short, neighbour, theme, words, step, opened), neighbour)


def _invented(
    frame: Frame,
    short: str,
    neighbour: Neighbour,
    told: tuple[Theme, str],
    steps: dict[str, list[str]],
    chance: Random,
) -> Wish:
    theme, words = told
    opened = frame.past(chance.randint(2, 70), f"{chance.randint(9, 15)}.{chance.randint(10, 55)}")
    step = chance.choice(steps[""] + steps[theme] * 4)
    need = _need(short, neighbour, theme, words, step, opened)
    if chance.random() < CLOSED_SHARE:
        _close(need, frame, chance)
    return Wish(short, need, neighbour)


def _need(short: str, neighbour: Neighbour, theme: Theme, words: str, step: str, opened: datetime) -> Need:
    return Need(
        id=key("need", short),
        resident=neighbour.resident,
        words=words,
        theme=theme,
        owner=neighbour.worker,
        next_step=step,
        next_step_on=working_day_on_or_after(opened.date() + timedelta(days=7)),
        opened_at=opened,
    )


def _close(need: Need, frame: Frame, chance: Random) -> None:
    """Begun earlier, and since closed with what the resident said came of it."""
    need.opened_at = frame.past(chance.randint(40, 85), "11.20")
    need.closed_at = frame.past(chance.randint(2, 38), "14.10")
    need.next_step_on = need.closed_at.date()
    need.outcome = chance.choices(list(OUTCOMES), weights=list(OUTCOMES.values()))[0]


def _steps() -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for row in rows("steps"):
        found[row["theme"]].append(row["step"])
    return found
