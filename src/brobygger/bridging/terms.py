"""The words of a bridge. Codes of leg states are those of FHIR Task, with `_` for `-`.

A label with `%(until)s` in it is a sentence that wants a date.
"""

from enum import StrEnum
from typing import Self

from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class LegState(Term):
    DRAFT = "draft", _("Kladde")
    REQUESTED = "requested", _("Sendt")
    ACCEPTED = "accepted", _("Taget imod")
    IN_PROGRESS = "in_progress", _("I gang")
    ON_HOLD = "on_hold", _("På hold")
    REJECTED = "rejected", _("Afvist")
    COMPLETED = "completed", _("Afsluttet")
    FAILED = "failed", _("Lykkedes ikke")
    CANCELLED = "cancelled", _("Trukket tilbage")
    ENTERED_IN_ERROR = "entered_in_error", _("Fejloprettet")


LIVE = frozenset(
    {LegState.DRAFT, LegState.REQUESTED, LegState.ACCEPTED, LegState.IN_PROGRESS, LegState.ON_HOLD}
)


class BridgeState(Term):
    VOID = "void", _("Fejloprettet")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")
    MET = "met", _("Mødt")
    PARTLY_MET = "partly_met", _("Delvist mødt")
    NOT_MET = "not_met", _("Ikke mødt")
    LAWFULLY_SILENT = "lawfully_silent", _("Lukket uden svar – lovligt")
    UNKNOWN = "unknown", _("Udfald ukendt")
    DONE = "done", _("Gennemført")
    NOT_DONE = "not_done", _("Ikke gennemført")
    DRAFTING = "drafting", _("Under opbygning")
    ACTIVE = "active", _("I gang")
    WAITING_PARTNER = "waiting_partner", _("Venter på svar")
    WAITING_PERSON = "waiting_person", _("Venter på beboeren")
    WAITING_US = "waiting_us", _("Venter på os")


class BridgeKind(Term):
    """What is carried: a person or household, a group without names, a partner's visit, or a signal."""

    PERSON = "person", _("En beboer")
    GROUP = "group", _("En gruppe")
    PLACE = "place", _("Besøg hos os")
    SIGNAL = "signal", _("Signal")


class Direction(Term):
    OUT = "out", _("Ud")
    SELF = "self", _("Selv")
    IN = "in", _("Ind")
    ONWARD = "onward", _("Videre")


class ActorRole(Term):
    """In which capacity somebody speaks on a leg, by the letters of the transition table."""

    AUTHOR = "A", _("den, der byggede broen")
    WORKER = "W", _("broens ejer")
    LEADER = "L", _("lederen")
    RECIPIENT = "C", _("modtageren")
    RESIDENT = "R", _("beboeren")
    COMPANION = "K", _("følgeskabet")
    SYSTEM = "S", _("Brobygger")


class Party(Term):
    """Who is told, owns a clock, or can move a bridge."""

    OWNER = "owner", _("broens ejer")
    AUTHOR = "author", _("den, der byggede broen")
    LEADER = "leader", _("lederen")
    STEWARD = "steward", _("den, der passer kataloget")
    RESIDENT = "resident", _("beboeren")
    RECIPIENT = "recipient", _("modtageren")
    CONTACT = "contact", _("modtagerens kontakt")
    COORDINATOR = "coordinator", _("modtagerens koordinator")


class Channel(Term):
    LINK = "link", _("svarlink")
    PHONE = "phone", _("telefon")
    PAPER = "paper", _("papir")
    IN_PERSON = "in_person", _("personligt")
    SCREEN = "screen", _("på skærmen")


class Claim(Term):
    """What a statement says. The first part moves the leg (`STATE_CHANGING`), the second never does."""

    SENT = "sent", _("Sendt")
    CLAIMED = "claimed", _("Taget fra puljen")
    ACCEPTED = "accepted", _("Taget imod")
    PLACE_GIVEN = "place_given", _("Plads givet")
    UNACCEPTED = "unaccepted", _("Ja taget tilbage")
    REJECTED = "rejected", _("Kunne ikke tage imod")
    DECLINE_OVERTURNED = "decline_overturned", _("Afslag ændret")
    FIRST_MEETING_HELD = "first_meeting_held", _("Første møde holdt")
    PAUSED = "paused", _("Sat på hold")
    RESUMED = "resumed", _("Genoptaget")
    COMPLETED = "completed", _("Afsluttet")
    FAILED = "failed", _("Lykkedes ikke")
    CANCELLED = "cancelled", _("Trukket tilbage")
    ENTERED_IN_ERROR = "entered_in_error", _("Oprettet ved en fejl")
    UNDO = "undo", _("Fortrudt")

    OPENED = "opened", _("Åbnet")
    WAITLISTED = "waitlisted", _("Skrevet på venteliste")
    ACKNOWLEDGED = "acknowledged", _("Modtagelse bekræftet")
    TRIED_CONTACT = "tried_contact", _("Forsøgt kontakt")
    FIRST_MEETING_PLANNED = "first_meeting_planned", _("Første møde aftalt")
    FIRST_MEETING_MISSED = "first_meeting_missed", _("Første møde blev ikke til noget")
    THINKING = "thinking", _("Beboeren tænker over det")
    CHECK_IN = "check_in", _("Stadig i gang")
    DECLINE_UPHELD = "decline_upheld", _("Afslag fastholdt")
    PASSED_ON = "passed_on", _("Givet videre")
    CONTESTED = "contested", _("Bestridt")
    CLOCK_RANG = "clock_rang", _("Fristen ringede")
    TOLD_RESIDENT = "told_resident", _("Fortalt beboeren")
    VERDICT = "verdict", _("Beboerens svar")
    NOTE = "note", _("Note")


STATE_CHANGING = frozenset(list(Claim)[: list(Claim).index(Claim.OPENED)])


class TransitionCode(Term):
    """The rows of the transition table, each with the words on its button."""

    BUILD = "T01", _("Byg bro")
    SEND = "T02", _("Send")
    ACCEPT = "T04", _("Tag imod")
    DECLINE = "T05", _("Kan ikke")
    WITHDRAW = "T15", _("Træk tilbage")


class Guard(StrEnum):
    """What must hold besides state and role. Checked by whoever acts, never shown as a word."""

    RIGHT = "RIGHT"
    ALIVE = "ALIVE"
    CONSENT = "CONSENT"
    OFFER = "OFFER"
    ONE = "ONE"
    REACH = "REACH"
    SAFE = "SAFE"
    PLACE = "PLACE"
    VERSION = "VERSION"


class Required(Term):
    """What a transition cannot do without."""

    NEED = "need", _("behovet")
    WHY = "why", _("hvorfor netop dette tilbud")
    SNAPSHOT = "snapshot", _("hvad der deles")
    FROZEN_REASONS = "frozen_reasons", _("grundene, som de så ud")
    URGENT_WHY = "urgent_why", _("hvorfor det haster")
    WHEN = "when", _("en dato for første møde, venteliste eller kvittering")
    CONTACT_FUNCTION = "contact_function", _("hvem der tager imod")
    REASON = "reason", _("en grund")
    CRITERION = "criterion", _("hvilken betingelse der ikke passer")
    TEXT = "text", _("et par ord")
    DECIDED_BY = "decided_by", _("hvem der har besluttet det")


class ClockKind(Term):
    """The kinds of deadline; `asks` is what the clock wants from its owner."""

    asks: str

    def __new__(cls, value: str, label: str = "", asks: str = "") -> Self:
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label = label
        kind.asks = asks
        return kind

    DRAFT_IDLE = "draft_idle", _("Kladden ligger stille"), _("Send broen, eller træk den tilbage.")
    UNSEEN = "unseen", _("Ikke åbnet"), _("Se, om de har åbnet det. Ellers ring.")
    NO_ANSWER = "no_answer", _("Svarfrist"), _("Svar: taget imod eller kan ikke.")
    GRACE_OVER = (
        "grace_over",
        _("Svarfristen er overskredet"),
        _("Svar nu, eller sig, hvornår svaret kommer."),
    )
    HARD_STOP = "hard_stop", _("Sidste frist for svar"), _("Ring en sidste gang. Ellers lukker fristen.")
    FIRST_CONTACT = "first_contact", _("Første møde"), _("Har de mødt hinanden?")
    FIRST_CONTACT_LATE = (
        "first_contact_late",
        _("Første møde mangler"),
        _("Aftal en ny dato, eller slut broen."),
    )
    WAITLIST_CHECK = "waitlist_check", _("På venteliste"), _("Står beboeren stadig på listen?")
    CHOOSE_NEXT = "choose_next", _("Næste skridt"), _("Vælg næste skridt sammen med beboeren.")
    ASK_RESIDENT = "ask_resident", _("Spørg beboeren"), _("Fik du den hjælp, du kom efter?")
    DECLINE_REVIEW = "decline_review", _("Afslaget ses igen"), _("Se på afslaget igen, og svar.")


class RingAct(Term):
    """What happens when a clock rings."""

    REMIND = "remind", _("Mindet om det")
    SEND_AGAIN = "send_again", _("Sendt igen ad en anden vej")
    ESCALATE = "escalate", _("Koordinator og leder har fået besked. Næste bedste tilbud er klar")
    END_NO_RESPONSE = "end_no_response", _("Lukket af fristen: intet svar")
    ASK_IF_MET = "ask_if_met", _("Spurgt, om de har mødt hinanden")
    ASK_FOR_NEW_DATE = "ask_for_new_date", _("Bedt om en ny dato")
    ASK_IF_STILL_LISTED = "ask_if_still_listed", _("Spurgt, om beboeren stadig står på listen")


class RejectReason(Term):
    NOT_ELIGIBLE = "not_eligible", _("uden for målgruppen")
    NO_CAPACITY = "no_capacity", _("ingen plads")
    WRONG_SERVICE = "wrong_service", _("ikke det, vi gør")
    ALREADY_ENROLLED = "already_enrolled", _("er der allerede")
    MISSING_INFO = "missing_info", _("mangler oplysning")
    OUTSIDE_HOURS_OR_AREA = "outside_hours_or_area", _("uden for tid eller område")
    SAFETY = "safety", _("sikkerhed")
    NOT_OUR_ROLE = "not_our_role", _("ikke vores opgave")
    OTHER = "other", _("andet")


class EndReason(Term):
    """Why a leg failed or was cancelled."""

    COULD_NOT_REACH = "could_not_reach", _("ikke truffet")
    PERSON_DECLINED = "person_declined", _("beboeren ønsker det ikke")
    PERSON_MOVED = "person_moved", _("flyttet")
    PERSON_DIED = "person_died", _("død")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("samtykke trukket tilbage")
    DUPLICATE = "duplicate", _("dobbelt")
    NO_RESPONSE = "no_response", _("intet svar")
    OFFER_CLOSED = "offer_closed", _("tilbuddet lukket")
    SUPERSEDED = "superseded", _("dækket på anden vis")
    OTHER = "other", _("andet")


class DecidedBy(Term):
    RESIDENT = "resident", _("beboeren")
    RECIPIENT = "recipient", _("modtageren")
    US = "us", _("os")
    DEADLINE = "deadline", _("fristen")
    EVENT = "event", _("en hændelse")


class Evidence(Term):
    PROVIDER = "provider", _("modtageren siger det")
    RESIDENT = "resident", _("beboeren siger det")
    WORKER_OBSERVATION = "worker_observation", _("en medarbejder har set det")
    LAWFUL_SILENCE = "lawful_silence", _("lovlig tavshed")
    SYSTEM = "system", _("fristen")


class LegOutcome(Term):
    SERVICE_RECEIVED = "service_received", _("hjælp modtaget")
    SERVICE_STARTED = "service_started", _("hjælp i gang")
    ENROLLED = "enrolled", _("indmeldt")
    ADVICE_ONLY = "advice_only", _("rådgivet")
    PASSED_ON = "passed_on", _("givet videre")
    LAWFUL_SILENCE = "lawful_silence", _("lukket uden svar – lovligt")
    PERSON_YES = "person_yes", _("beboeren vil gerne")
    PERSON_NO = "person_no", _("beboeren vil ikke")
    HELD_FOLLOWED_UP = "held_followed_up", _("afholdt og fulgt op")
    CHANGED = "changed", _("ændret")
    WILL_CHANGE = "will_change", _("bliver ændret")
    NOT_CHANGED = "not_changed", _("ikke ændret")


class WaitsFor(Term):
    """Whom or what a leg on hold is waiting for."""

    PERSON = "person", _("beboeren")
    DOCUMENT = "document", _("et papir")
    RECIPIENT = "recipient", _("modtageren")
    THIRD_PARTY = "third_party", _("en tredje")


class WhyOpen(Term):
    """The answer to "Hvorfor er broen åben?". The label is the sentence; `why.py` says when it holds."""

    PROVIDER_SAYS_DONE_PERSON_SAYS_NOT = (
        "provider_says_done_person_says_not",
        _("Modtageren siger afsluttet, beboeren siger nej"),
    )
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
    STALE = "stale", _("Nogen nåede at svare imens. Se broen, som den er nu, og vælg igen.")
