"""What the database holds of every leg, whoever writes it; each by its name as a sentence."""

from django.db.models import BaseConstraint, CheckConstraint, Q, UniqueConstraint

from brobygger.bridging.terms import LIVE

IS_LIVE = Q(state__in=sorted(LIVE))
LEG_HOLDS: list[BaseConstraint] = [
    UniqueConstraint(name="a_code_is_never_reused", fields=["organisation_id", "code"]),
    UniqueConstraint(name="a_leg_with_its_banks", fields=["organisation_id", "recipient", "id"]),
    UniqueConstraint(
        name="one_live_leg_per_person_and_offer",
        fields=["organisation_id", "subject_id", "offer"],
        condition=IS_LIVE & Q(offer__isnull=False),
    ),
    UniqueConstraint(
        name="one_live_leg_per_person_and_recipient_without_offer",
        fields=["organisation_id", "subject_id", "recipient"],
        condition=IS_LIVE & Q(offer=None),
    ),
    CheckConstraint(
        name="a_sent_leg_says_when",
        condition=Q(state__in=["draft", "cancelled", "entered_in_error"]) | Q(sent_at__isnull=False),
    ),
    CheckConstraint(
        name="an_accepted_leg_has_a_date_or_a_place_in_the_queue",
        condition=~Q(state="accepted")
        | Q(promised_at__isnull=False)
        | Q(waitlisted_at__isnull=False)
        | Q(acknowledged_at__isnull=False),
    ),
    CheckConstraint(
        name="what_is_under_way_has_met",
        condition=~Q(state="in_progress") | Q(first_met_at__isnull=False),
    ),
    CheckConstraint(
        name="what_is_done_says_what_came_of_it_and_who_says_so",
        condition=~Q(state="completed") | (~Q(outcome="") & ~Q(evidence="") & Q(ended_at__isnull=False)),
    ),
    CheckConstraint(
        name="lawful_silence_was_acknowledged",
        condition=~Q(outcome="lawful_silence") | Q(acknowledged_at__isnull=False),
    ),
    CheckConstraint(
        name="what_ended_says_why_and_who_decided",
        condition=~Q(state__in=["rejected", "failed", "cancelled"])
        | (~Q(reason="") & ~Q(decided_by="") & Q(ended_at__isnull=False)),
    ),
]
