"""The words of the other way: a partner asks us to make contact with a resident."""

from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class AskBasis(Term):
    """On what ground a partner tells us about somebody. It is the partner's own and must be named."""

    CONSENT = "consent", _("De har sagt ja til, at vi spørger jer")
    LAW = "law", _("Loven giver os lov")


class ToPartner(Term):
    """All that a partner ever reads about its ask, until the resident agrees to more."""

    WAITING = "waiting", _("venter på os")
    DONE = "done", _("udført")
    NOT_DONE = "not_done", _("ikke udført")


class WhyAskOpen(Term):
    """The answer to "Hvorfor er den åben?". Exactly one holds for every open ask."""

    NOT_ANSWERED = "not_answered", _("Vi har ikke svaret endnu")
    NOT_TALKED = "not_talked", _("Taget imod, men vi har ikke talt sammen")
    NOT_REACHED = "not_reached", _("Beboeren er ikke truffet")
    NOT_SAID = "not_said", _("Vi har talt sammen. Beboeren har ikke sagt ja eller nej endnu")


class WhyNot(Term):
    """Why the house says no, as the partner reads it: about ourselves, never about a person."""

    NOT_OUR_ROLE = (
        "not_our_role",
        _(
            "Det er ikke vores opgave. Vi holder ikke øje med nogen, kontrollerer ikke og overtaler ikke. "
            "Vi tilbyder en samtale, som man frit kan sige nej til."
        ),
    )
    NO_CAPACITY = "no_capacity", _("Vi har ikke hænder til det nu. Spørg gerne igen om en måned.")
    OUTSIDE_HOURS_OR_AREA = (
        "outside_hours_or_area",
        _("Det ligger uden for vores område eller de tider, vi er her."),
    )


class ToldOutcome(Term):
    """What the partner may read besides, when the resident has signed for it."""

    PERSON_YES = "person_yes", _("Beboeren vil gerne have hjælp, og vi er i gang.")
    PERSON_NO = "person_no", _("Beboeren ønsker ikke hjælp fra os.")
