"""What comes first. The whole formula stands here, and in words on the page."""

from brobygger.engine.fit.constraints import Constraint, means_waiting, metres_away, minutes_on_foot
from brobygger.engine.fit.values import OfferFacts, Person
from brobygger.engine.words import Phrase
from brobygger.engine.words import gettext_noop as _

PER_QUESTION = 60
WAITING = 30
ORE_PER_POINT = 200  # two kroner weigh as much as one minute's walk
THEME_UNKNOWN = 1000


def penalty(person: Person, offer: OfferFacts, *, ask: Constraint) -> int:
    """What an offer costs the resident in trouble: minutes, money, questions and waiting. Lowest first.

        minutes on foot                       if the resident has said where home is
      + price in øre // 200                   if the resident has said what it may cost
      + 60 for each thing to ask about
      + 30 if there is waiting
      + 1000 if nobody has said what the offer is about

    It is a number about the offer, never about the person: two people who said the same get the same list.
    Age, gender, language and area weigh nothing; they only count where the offer itself sets a limit. Nothing
    is learned from what others chose, for then yesterday's habits would decide who is shown what. The weights
    are ours, chosen to be easy to argue with, and equal for all.
    """
    metres = metres_away(person, offer)
    minutes = 0 if metres is None else minutes_on_foot(metres)
    price = offer.price.ore if offer.price is not None and person.max_price is not None else 0
    return (
        minutes
        + price // ORE_PER_POINT
        + PER_QUESTION * ask.bit_count()
        + WAITING * means_waiting(offer, today=person.today)
        + THEME_UNKNOWN * (Constraint.NEED in ask)
    )


# The page "Sådan regner vi rækkefølgen ud".
EXPLANATION = (
    Phrase(_("Hvert tilbud, der passer, får et tal. Det laveste tal står øverst.")),
    Phrase(_("Tallet handler om tilbuddet, aldrig om beboeren.")),
    Phrase(_("Hvert minuts gang lægger 1 til. Vi måler i lige linje og regner vejen en tredjedel længere.")),
    Phrase(
        _("Prisen lægger 1 til for hver %(kroner)s kr. pr. gang."),
        {"kroner": ORE_PER_POINT // 100},
    ),
    Phrase(_("Hver ting, I må spørge om, lægger %(points)s til."), {"points": PER_QUESTION}),
    Phrase(_("Ventetid lægger %(points)s til."), {"points": WAITING}),
    Phrase(
        _("Ved vi ikke, hvad et tilbud handler om, lægger det %(points)s til."),
        {"points": THEME_UNKNOWN},
    ),
    Phrase(_("Vej og pris tæller kun med, når beboeren har sagt noget om dem.")),
    Phrase(_("Alder, køn og sprog tæller kun med, hvor et tilbud selv sætter en grænse.")),
    Phrase(_("Vi lærer ikke af, hvad andre har valgt. De samme svar giver altid den samme liste.")),
    Phrase(_("Får to tilbud samme tal, er deres rækkefølge tilfældig, men altid den samme.")),
)
