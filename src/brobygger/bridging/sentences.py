"""Terms whose label is a whole sentence: why a bridge is open, and why something cannot be done now.

A label with `%(until)s` in it wants a date.
"""

from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class WhyOpen(Term):
    """The answer to "Hvorfor er broen åben?". The label is the sentence; `why.py` says when it holds."""

    PROVIDER_SAYS_DONE_PERSON_SAYS_NOT = (
        "provider_says_done_person_says_not",
        _("Modtageren siger afsluttet, beboeren siger nej"),
    )
    MEETING_DOUBTED = "meeting_doubted", _("Den ene siger, at de har mødtes. Den anden siger nej")
    CONSENT_GAP = "consent_gap", _("Der mangler samtykke")
    NOT_SENT_YET = "not_sent_yet", _("Ikke sendt endnu")
    SECRECY = "secrecy", _("Myndigheden har kvitteret og må ikke sige mere")
    OUTCOME_UNVERIFIED = "outcome_unverified", _("Beboeren har ikke svaret endnu")
    SECOND_LOOK = "second_look", _("Modtageren ser på afslaget igen")
    ANSWERED_NOT_TOLD_BACK = "answered_not_told_back", _("Besvaret, men ikke fortalt videre")
    WE_OWE_NEXT_STEP = "we_owe_next_step", _("Vi skylder næste skridt")
    CLOCK_PAUSED = "clock_paused", _("Modtageren holder lukket til %(until)s")
    WRONG_ADDRESS = "wrong_address", _("Beskeden kom ikke frem")
    OFF_PLATFORM = "off_platform", _("Svaret skal hentes i telefonen")
    NEVER_SEEN = "never_seen", _("Ikke åbnet af modtageren")
    SEEN_NO_REPLY = "seen_no_reply", _("Åbnet, men ikke besvaret")
    PARTNER_CAPACITY_WAIT = "partner_capacity_wait", _("På venteliste")
    HELD_NOT_FOLLOWED_UP = "held_not_followed_up", _("Afholdt, men ikke fulgt op")
    CANNOT_REACH_PERSON = "cannot_reach_person", _("Beboeren er ikke truffet")
    PERSON_THINKING = "person_thinking", _("Beboeren tænker over det")
    ACCEPTED_NO_CONTACT = "accepted_no_contact", _("Taget imod, men de har ikke mødtes")
    FIRST_MEETING_AHEAD = "first_meeting_ahead", _("Første møde er aftalt til %(until)s")
    MISSING_DOCUMENT = "missing_document", _("Der mangler et papir")
    ON_HOLD_PERSON = "on_hold_person", _("På hold: venter på beboeren til %(until)s")
    ON_HOLD_PARTNER = "on_hold_partner", _("På hold: venter på modtageren til %(until)s")
    GONE_QUIET = "gone_quiet", _("I gang, men længe uden nyt")
    UNDER_WAY = "under_way", _("I gang")


class Refusal(Term):
    """Why something cannot be done now, said so that one knows what to do instead."""

    NOT_NOW = "not_now", _("Det kan ikke gøres nu. Broens tilstand er: %(state)s.")
    NO_CONSENT = (
        "no_consent",
        _("Der mangler samtykke. Spørg beboeren, og få en underskrift på skærmen eller på papir."),
    )
    CONSENT_TOO_NARROW = (
        "consent_too_narrow",
        _("Samtykket dækker ikke %(kinds)s. Spørg beboeren, eller del mindre."),
    )
    CONSENT_ORAL_ONLY = (
        "consent_oral_only",
        _("Et mundtligt ja rækker ikke, når oplysninger gives videre. Få en underskrift."),
    )
    CONSENT_WITHDRAWN = (
        "consent_withdrawn",
        _("Samtykket er trukket tilbage. Intet kan sendes, før beboeren giver et nyt."),
    )
    CONSENT_EXPIRED = "consent_expired", _("Samtykket er udløbet. Spørg beboeren igen.")
    OFFER_CLOSED = "offer_closed", _("Tilbuddet er lukket. Vælg et andet.")
    OFFER_PAUSED = "offer_paused", _("Tilbuddet holder pause. Ring og spørg, eller vælg et andet.")
    OFFER_OPENS_LATER = (
        "offer_opens_later",
        _("Tilbuddet åbner %(opens_on)s. Vent med at sende, eller vælg et andet."),
    )
    OFFER_FULL = "offer_full", _("Der er ingen ledig plads og ingen venteliste. Vælg et andet tilbud.")
    OFFER_FULL_UNTIL = (
        "offer_full_until",
        _("Der er plads igen %(next_places_on)s. Vent med at sende, eller vælg et andet tilbud."),
    )
    UNREACHABLE = (
        "unreachable",
        _("Vi har ingen bekræftet vej til modtageren. Ring og bekræft en mail eller et nummer først."),
    )
    RESIDENT_GONE = "resident_gone", _("Beboeren er her ikke mere. Der kan ikke bygges bro.")
    RECIPIENT_INACTIVE = "recipient_inactive", _("Modtageren er ikke aktiv længere. Vælg en anden.")
    NEED_CLOSED = "need_closed", _("Behovet er afsluttet. Skriv et nyt, hvis der er brug for hjælp igen.")
    ALREADY_ASKED = (
        "already_asked",
        _("Der er allerede en åben bro til det tilbud. Følg op på den i stedet."),
    )
    NOT_WAITING = "not_waiting", _("Beboeren står ikke på venteliste. Der er ingen plads at give.")
    NOT_YET = "not_yet", _("Det er ikke sket endnu. Skriv det, når det er sket.")
    OWN_WORD = "own_word", _("Det var din egen besked. Ring til os, så skriver vi, hvordan det var.")
    NO_PLACE_YET = "no_place_yet", _("Beboeren står på venteliste. Først en plads, så en dato.")
    NOT_AHEAD = "not_ahead", _("Det skal ligge fremme i tiden. Vælg en anden dag.")
    BEFORE_IT_WAS_SENT = "before_it_was_sent", _("Det kan ikke være sket, før broen blev sendt.")
    TALK_IT_OVER = (
        "talk_it_over",
        _("Mødet er tre gange ikke blevet til noget. Tal med beboeren, og skriv, hvad I blev enige om."),
    )
    TRY_MORE = (
        "try_more",
        _("Forsøg mindst tre gange, på to forskellige måder og to forskellige dage, før I giver op."),
    )
    THEY_CAN_SAY_IT = (
        "they_can_say_it",
        _("Modtageren kan selv afslutte. Vent, til de har været spurgt uden at svare."),
    )
    NOT_AN_AUTHORITY = "not_an_authority", _("Kun en myndighed kan lade være med at svare.")
    NOT_ACKNOWLEDGED = (
        "not_acknowledged",
        _("Myndigheden har ikke bekræftet, at den har modtaget. Uden det er der bare ikke svaret."),
    )
    NO_VERDICT_HERE = "no_verdict_here", _("Kun en bro for en beboer får beboerens svar.")
    NOTHING_TO_SETTLE = "nothing_to_settle", _("Her er ikke to svar, der går hver sin vej.")
    NOT_ASKED_NOW = "not_asked_now", _("Beboeren skal ikke spørges lige nu.")
    COMPANY_IS_FOUND = "company_is_found", _("Der er allerede en, der går med. Aflys det først.")
    COMPANY_NOT_NOW = "company_not_now", _("Det kan ikke gøres nu. Følgeskabet er: %(company)s.")
    STILL_LIVE = "still_live", _("Broen er stadig åben. Følg op på den i stedet.")
    SEEN_ALREADY = "seen_already", _("Modtageren har set det. Kun lederen kan skrive det som en fejl nu.")
    STALE = "stale", _("Nogen nåede at svare imens. Se broen, som den er nu, og vælg igen.")
