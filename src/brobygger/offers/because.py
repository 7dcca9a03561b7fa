"""Why an offer was found, in words: for each word that was asked for, what stands in the offer, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brobygger.engine.fit import spoken
from brobygger.engine.search import Answer, Because
from brobygger.engine.search.readings import Asked, Reading, Way
from brobygger.engine.search.texts import SUBJECT
from brobygger.engine.words import Word, gettext_noop
from brobygger.offers import lines
from brobygger.offers.needs import NeedSubject, by_code
from brobygger.offers.terms import Theme

PLACES = (
    gettext_noop("i navnet"),
    gettext_noop("i det andet navn"),
    gettext_noop("i foreningens navn"),
    gettext_noop("i beskrivelsen"),
    gettext_noop("under »For hvem er det?«"),
    gettext_noop("under »Hvordan kommer man med?«"),
)  # the fields of `indexed.WEIGHTS`, in order


@dataclass(frozen=True, slots=True)
class Understood:
    """How one word of the question was read: "skylder" as "gældsrådgivning"; empty where nothing is known."""

    word: str
    meant: str


def why(answer: Answer[UUID], key: UUID) -> tuple[str, str]:
    """Why an offer was found, and the words it does not answer; each empty where there is nothing to tell."""
    found = answer.why(key)
    told = dict.fromkeys(_told(one) for one in found)
    met = {one.asked for one in found}
    missing = dict.fromkeys(f"»{one.word}«" for one in answer.asked if one.word not in met)
    reasons = _listed(list(told))
    return (
        _("Fundet, fordi %(reasons)s.") % {"reasons": reasons} if told else "",
        _listed([one for one in missing if one.strip("»«") not in answer.unknown]),
    )


def _told(one: Because) -> str:
    """»gæld« står i navnet, or what it is about where no single word says it."""
    is_word = not one.reading.sign.startswith(SUBJECT)
    subject = "" if is_word else subject_name(one.reading.sign)
    if not (one.word and one.field >= 0):
        return _("det handler om %(subject)s") % {"subject": subject or f"»{one.asked}«"}
    stands = _("»%(word)s« står %(where)s") % {"word": one.word, "where": _(PLACES[one.field])}
    return (
        _("det handler om %(subject)s: %(stands)s") % {"subject": subject, "stands": stands}
        if subject
        else stands
    )


def subject_name(sign: str) -> str:
    """A subject in the reader's language, by its sign; "" for one that has no name."""
    code = sign.removeprefix(SUBJECT)
    if code in set(Theme):
        return _(Theme(code).label)
    return named(by_code()[code]) if code in by_code() else ""


def named(subject: NeedSubject) -> str:
    """The name of a subject in the reader's language: ours, English, or the first Arabic word for it."""
    language = get_language() or "da"
    if language.startswith("ar") and subject.arabic:
        return subject.arabic
    return subject.danish if language.startswith("da") else subject.english


def understood(answer: Answer[UUID]) -> list[Understood]:
    """How each word was read: by what it was taken for, or by the subjects it names."""
    return [Understood(one.word, one.read_as or _subjects(one)) for one in answer.asked]


def _subjects(asked: Asked) -> str:
    names = [subject_name(one.sign) for one in asked.readings if _names_a_need(one)]
    return _listed([name for name in dict.fromkeys(names) if name])


def _names_a_need(one: Reading) -> bool:
    return one.way in (Way.NAMES, Way.BESIDE)


def _listed(words: Sequence[Word]) -> str:
    return lines.read(spoken.all_of(words)) if words else ""
