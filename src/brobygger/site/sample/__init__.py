"""The sample estate: what a demo installation holds when it is first opened.

Facts stand as facts (`facts`); everything else is invented and marked so. Its three words: a *frame* (the
moment and the seed), a *table* (the .csv files: what is said), a *story* (what happened to one bridge).
Who knocks: `brobygger demo`, once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation

from brobygger.foundation import audit, installation
from brobygger.foundation.actor import SYSTEM
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.trouble import Trouble
from brobygger.partners.models import Organisation
from brobygger.residents.models import Need, Note
from brobygger.site.sample import bridges, directory, elsewhere, facts, needs, notes, organisations, residents
from brobygger.site.sample.frame import HOUSE, Frame
from brobygger.site.sample.mail import Post
from brobygger.site.sample.matches import Matches
from brobygger.site.sample.people import house_team


def build(say: Callable[[str], None] = print, *, seed: int = 2020, now: datetime | None = None) -> None:
    """Build the neighbourhood as it stands at a moment (left out: now). A second time nothing is done.

    It is one transaction, so that a half-built house is never met. Raises Trouble in an installation that is
    not a demo: invented people do not mix with real ones.
    """
    if not installation.is_demo():
        raise Trouble(
            "Øvehuset kan kun bygges i en øveudgave. Her kunne opdigtede beboere blandes med rigtige."
        )
    if Organisation.objects.filter(pk=HOUSE).exists():
        say("Øvehuset står her allerede. Der er intet ændret.")
        return
    frame = Frame(now=now or timezone.now(), seed=seed)
    in_danish = translation.override(settings.LANGUAGE_CODE)  # whatever language was last in use here
    with in_danish, transaction.atomic(), _without_savepoints():
        elsewhere.build(frame)
        with organisation_scope(HOUSE):
            _build_house(frame, say)
    say("Øvehuset er bygget. Alle mennesker, foreninger og tilbud i det er opdigtede.")


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """Every action brings a savepoint of its own, a quarter of all queries; here all is undone or nothing."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        del connection.features.uses_savepoints


def _build_house(frame: Frame, say: Callable[[str], None]) -> None:
    house = facts.the_house()
    facts.build()
    team = house_team()
    near = directory.build(frame, organisations.build(frame))
    say("Bygger øvehuset: organisationer, partnerskaber og tilbud …")
    people = residents.neighbours(frame, team, near)
    wishes = needs.wishes(frame, people)
    laid = bridges.lay(frame, wishes, Matches(frame.today))
    carried = {one.wish.short for one in laid}
    needs.set_days(frame, (w for w in wishes if w.need.closed_at is None and w.short not in carried))
    told = notes.notes(frame, people, wishes)
    say(f"Bygger øvehuset: {len(people)} beboere, {len(wishes)} behov og {len(told)} notater …")
    residents.save(frame, people, team)
    Need.objects.bulk_create(wish.need for wish in wishes)
    Note.objects.bulk_create(told)
    say(f"Bygger øvehuset: {len(laid)} broer, dag for dag …")
    post = Post(frame.now)
    bridges.cross(frame, laid, team, post)
    audit.record("sample:built", about=house, by=SYSTEM, at=frame.now, seed=frame.seed)
    post.hand_over()
