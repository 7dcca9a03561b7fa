"""What has ended stays as it is. Trying again is a new leg, which says which one it replaces (BRI-12)."""

from datetime import datetime

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.bridging import actions, rules
from brobygger.bridging.actions import Choice
from brobygger.bridging.models import Leg
from brobygger.bridging.refusing import check
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.terms import ActorRole, TransitionCode


@transaction.atomic
def reopen_leg(*, leg: Leg, by: Membership, at: datetime, because: str = "") -> Leg:
    """Build a new draft to the same recipient and offer. The ended leg is not touched.

    If its bridge has been closed while the need is open still, the draft begins a new bridge.
    """
    leg = Leg.objects.select_related("bridge__need", "recipient", "offer", "reasons").get(pk=leg.pk)
    check(rules.Refused(Refusal.STILL_LIVE) if leg.is_live else None)
    need = leg.bridge.need
    if need is None:
        raise rules.NotAllowed(leg.state_term, TransitionCode.BUILD, ActorRole.WORKER)
    choice = Choice(
        recipient=leg.recipient,
        offer=leg.offer,
        offer_name=leg.offer_name,
        was_suggested=False,
        because=(because or f"Prøver igen efter {leg.code}.")[:300],
        reasons=leg.reasons.reasons,
    )
    return actions.build_bridge(need=need, choice=choice, by=by, at=at, replaces=leg)
