"""Whose bridge each story becomes, and the living through of all of them."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from brobygger.offers.terms import Theme
from brobygger.site.sample.acts import Story
from brobygger.site.sample.crossing import Builder, Crossing
from brobygger.site.sample.frame import Frame
from brobygger.site.sample.mail import Post
from brobygger.site.sample.matches import Found, Matches
from brobygger.site.sample.needs import Wish, suits, told_in_table
from brobygger.site.sample.people import Team
from brobygger.site.sample.stories import STORIES

FROM_NEED_TO_BRIDGE = (1, 9)  # working days


@dataclass(frozen=True, slots=True)
class Laid:
    """A story, whose need it is, and the offers it goes to."""

    story: Story
    wish: Wish
    found: tuple[Found, ...]


def lay(frame: Frame, wishes: Iterable[Wish], matches: Matches) -> list[Laid]:
    """Find somebody for every story, and let the need be told in its words. Nothing is saved."""
    idle = {
        wish.short: wish for wish in wishes if wish.need.closed_at is None and wish.short not in KEPT_FREE
    }
    laid: list[Laid] = []
    for n, story in enumerate(STORIES):
        busy = {one.wish.neighbour.short for one in laid}
        wish = idle.get(story.words) or _somebody(story, idle.values(), matches, busy)
        del idle[wish.short]
        if wish.short != story.words:
            _tell(wish, story, frame, n)
        laid.append(Laid(story, wish, tuple(_offers(story, wish, matches))))
    return laid


KEPT_FREE = {"amir-football"}  # for whoever tries the house: a need without a bridge


def _somebody(story: Story, idle: Iterable[Wish], matches: Matches, busy: Container[str]) -> Wish:
    """One who could have said these words: best known to the story's worker, without another bridge, and
    one for whom the offer is right."""
    theme, who, _words = told_in_table(story.words)

    def how_far_off(wish: Wish) -> tuple[bool, bool, int, str]:
        neighbour = wish.neighbour
        found = matches.look(story.offer, wish.need, theme)
        is_others, has_bridge = neighbour.worker.name != story.worker, neighbour.short in busy
        return is_others, has_bridge, found.things_in_the_way, wish.short

    return min((wish for wish in idle if suits(who, wish.neighbour)), key=how_far_off)


def _tell(wish: Wish, story: Story, frame: Frame, n: int) -> None:
    theme, _who, words = told_in_table(story.words)
    ago = story.steps[0].ago + frame.chance(f"lay/{n}").randint(*FROM_NEED_TO_BRIDGE)
    wish.need.theme, wish.need.words = theme, words
    wish.need.opened_at = frame.past(ago, "10.45")


def _offers(story: Story, wish: Wish, matches: Matches) -> Iterator[Found]:
    theme = Theme(wish.need.theme)
    for name in filter(None, (story.offer, story.then)):
        yield matches.look(name, wish.need, theme)


def cross(frame: Frame, laid: list[Laid], team: Team, post: Post) -> None:
    """Live through every story. Needs the house's scope, and residents and needs saved."""
    for n, one in enumerate(laid):
        who = Builder(one.wish.neighbour.worker, one.wish.need, one.story.because, team)
        Crossing(frame, n, who, one.found, post).live(one.story.steps)
