"""The words of a bridge. Codes of leg states are those of FHIR Task, with `_` for `-`."""

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
    SMS = "sms", _("sms")
    EMAIL = "email", _("e-mail")
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
    GIVE_PLACE = "T04b", _("Giv en plads")
    MEET = "T08", _("De har mødt hinanden")
    MEET_UNANSWERED = "T08b", _("De har mødt hinanden, selv om der ikke er svaret")
    COMPLETE = "T11", _("Det er klaret")
    COMPLETE_FOR_THEM = "T12", _("Skriv det som afsluttet")
    CLOSE_IN_SILENCE = "T13", _("Luk uden svar – lovligt")
    FAIL = "T14", _("Det lykkedes ikke")
    WITHDRAW = "T15", _("Træk tilbage")
    ENTER_IN_ERROR = "T16", _("Oprettet ved en fejl")


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
    WINDOW = "WINDOW"
    TRIES = "TRIES"
    AUTHORITY = "AUTHORITY"
    SILENT = "SILENT"


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
    HAPPENED_AT = "happened_at", _("hvornår det var")
    OUTCOME = "outcome", _("hvad der kom ud af det")
    EVIDENCE = "evidence", _("hvem der siger det")
    GROUND = "ground", _("hvorfor de ikke må svare")


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
    MEETING_MISSED = (
        "meeting_missed",
        _("Mødet blev ikke til noget"),
        _("Aftal en ny dato sammen med beboeren."),
    )
    QUIET = "quiet", _("Stille"), _("Er det stadig i gang?")
    QUIET_LATE = "quiet_late", _("Stille længe"), _("Spørg beboeren, hvordan det går.")
    MEETING_DOUBTED = (
        "meeting_doubted",
        _("Uenige om mødet"),
        _("Tal med dem begge: har de mødt hinanden?"),
    )
    CHOOSE_NEXT = "choose_next", _("Næste skridt"), _("Vælg næste skridt sammen med beboeren.")
    ASK_RESIDENT = "ask_resident", _("Spørg beboeren"), _("Fik du den hjælp, du kom efter?")
    DECLINE_REVIEW = "decline_review", _("Afslaget ses igen"), _("Se på afslaget igen, og svar.")
    SETTLE_CONFLICT = (
        "settle_conflict",
        _("To svar, der ikke passer"),
        _("Tal med beboeren, og vælg: en ny bro, eller luk som beboeren siger."),
    )


class RingAct(Term):
    """What happens when a clock rings."""

    REMIND = "remind", _("Mindet om det")
    SEND_AGAIN = "send_again", _("Sendt igen ad en anden vej")
    ESCALATE = "escalate", _("Koordinator og leder har fået besked. Næste bedste tilbud er klar")
    END_NO_RESPONSE = "end_no_response", _("Lukket af fristen: intet svar")
    ASK_IF_MET = "ask_if_met", _("Spurgt, om de har mødt hinanden")
    ASK_FOR_NEW_DATE = "ask_for_new_date", _("Bedt om en ny dato")
    ASK_IF_STILL_LISTED = "ask_if_still_listed", _("Spurgt, om beboeren stadig står på listen")
    ASK_IF_UNDER_WAY = "ask_if_under_way", _("Spurgt, om det stadig er i gang")
    ASK_THE_RESIDENT = "ask_the_resident", _("Mindet om at spørge. Efter tre forsøg er udfaldet ukendt")


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


class Settlement(Term):
    """What the owner does when the recipient says done and the resident says no."""

    TALK_MORE = "talk_more", _("vi taler videre")
    CLOSE_AS_SAID = "close_as_said", _("luk, som beboeren siger")


class CompanyWish(Term):
    """The answer to "skal nogen gå med?"."""

    YES = "yes", _("ja")
    NO = "no", _("nej")
    LATER = "later", _("spørg senere")


class CompanyState(Term):
    OFFERED = "offered", _("spurgt")
    AGREED = "agreed", _("aftalt")
    HELD = "held", _("gik med")
    MISSED = "missed", _("blev ikke til noget")
    CANCELLED = "cancelled", _("aflyst")


class WaitsFor(Term):
    """Whom or what a leg on hold is waiting for."""

    PERSON = "person", _("beboeren")
    DOCUMENT = "document", _("et papir")
    RECIPIENT = "recipient", _("modtageren")
    THIRD_PARTY = "third_party", _("en tredje")
