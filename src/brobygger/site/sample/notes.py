"""The notes of the past year, and with them the day on which each resident was last spoken with."""

from datetime import datetime
from random import Random

from brobygger.residents.models import Note
from brobygger.residents.rules import counts_as_contact
from brobygger.residents.terms import Voice
from brobygger.site.sample.frame import Frame, key, rows
from brobygger.site.sample.needs import Wish
from brobygger.site.sample.residents import Neighbour

HOW_MANY_EACH = [1, 4, 2, 3, 1, 2, 5, 2, 3, 2]  # for ten residents
A_YEAR = 250  # working days
INGERS = (
    (13, "door", "Fik kaffe og en halv lagkage. Hun ringer ikke selv, men hun vil gerne ringes til."),
    (6, "phone", "Vi læste højt, hvad besøgsvennerne får at vide. Hun ville have stregen om kagen med."),
)
AMIRS = (
    (4, "out", "Mødtes ved banen, hvor drengen stod og så på. Amir ville gerne vide, hvad man siger først."),
    (3, "house", "Lagde fire breve på bordet. Tre forstod vi. Det fjerde spørger vi om."),
    (1, "written", "Skrev, at hverdage efter skole er bedst for drengen."),
)


def notes(frame: Frame, people: list[Neighbour], wishes: list[Wish]) -> list[Note]:
    """Every note, not yet saved. Sets the residents' last contact, so they are saved afterwards."""
    told, chance = rows("notes"), frame.chance("notes")
    open_needs = {wish.neighbour.short: wish for wish in wishes if wish.need.closed_at is None}
    found = [
        _note(one, f"{one.short}/{n}", _when(frame, one, chance), chance.choice(told), open_needs)
        for place, one in enumerate(people[2:])
        for n in range(HOW_MANY_EACH[place % len(HOW_MANY_EACH)])
    ]
    for one, lines in zip(people[:2], (INGERS, AMIRS), strict=True):
        found += [
            _note(one, f"{one.short}/{ago}", frame.past(ago, "11.05"), _told(channel, text), {})
            for ago, channel, text in lines
        ]
    for note in found:
        _spoken_with(note)
    return found


def _told(channel: str, text: str) -> dict[str, str]:
    return {"channel": channel, "voice": Voice.US, "text": text}


def _when(frame: Frame, one: Neighbour, chance: Random) -> datetime:
    """A working hour in the past year, most of them lately, and none before we knew each other."""
    ago = min(chance.randint(1, A_YEAR), chance.randint(1, A_YEAR))
    at = frame.past(ago, f"{chance.randint(9, 15)}.{chance.randint(10, 59)}")
    return max(at, one.resident.made_at)


def _note(
    one: Neighbour, short: str, at: datetime, told: dict[str, str], open_needs: dict[str, Wish]
) -> Note:
    voice, wish = Voice(told["voice"]), open_needs.get(one.short)
    first_name = one.resident.first_name
    return Note(
        id=key("note", short),
        resident=one.resident,
        need=wish.need if wish and wish.need.opened_at <= at else None,
        voice=voice,
        by=one.worker,
        by_name=one.worker.name if voice is Voice.US else first_name,
        channel=told["channel"],
        text=told["text"].format(name=first_name),
        at=at,
    )


def _spoken_with(note: Note) -> None:
    resident, day = note.resident, note.at.date()
    if counts_as_contact(voice=Voice(note.voice), channel=note.channel):
        resident.last_contact_on = max(day, resident.last_contact_on or day)
