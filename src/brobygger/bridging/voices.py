"""Everything said on a bridge as one conversation: on its legs, and by the resident about the whole."""

from datetime import datetime

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from brobygger.bridging import cards, own
from brobygger.bridging.cards import Said
from brobygger.bridging.models import BridgeStatement, Statement
from brobygger.bridging.terms import ActorRole, Channel, Claim
from brobygger.foundation import spoken
from brobygger.residents.terms import NeedOutcome


def conversation(on_legs: list[Statement], on_bridge: list[BridgeStatement], *, now: datetime) -> list[Said]:
    """The newest on top, as `cards.conversation`; what is said about the bridge itself stays at home."""
    said = [(one.at, cards.said(one, now=now)) for one in on_legs]
    said += [(one.at, own_word(one, now=now)) for one in on_bridge]
    return [words for _at, words in sorted(said, key=lambda pair: pair[0], reverse=True)]


def own_word(one: BridgeStatement, *, now: datetime) -> Said:
    local = timezone.localtime(one.at)
    claim, role = Claim(one.claim), ActorRole(one.actor_role)
    is_quiet = claim is Claim.CLOCK_RANG
    how = _(Channel(one.channel).label)
    if one.told_by is not None and one.told_by.name != one.actor_name:
        how = _("fortalt til %(name)s") % {"name": one.told_by.name}
    return Said(
        side="clock" if is_quiet else cards.SIDES.get(role, "us"),
        by=one.actor_name,
        when=spoken.clock(local) if is_quiet else f"{spoken.clock(local)}, {how}",
        strong=_strong(one, claim, role),
        text=one.text,
        day=capfirst(spoken.spoken_day(local.date(), today=timezone.localdate(now))),
    )


def _strong(one: BridgeStatement, claim: Claim, role: ActorRole) -> str:
    if one.verdict == "":
        return "" if claim is Claim.NOTE else f"{_(claim.label)}."
    answer = _(own.ANSWERS[NeedOutcome(one.verdict)])
    if role is ActorRole.RESIDENT:
        return _("Fik du den hjælp, du kom efter? %(answer)s.") % {"answer": answer}
    if role is ActorRole.SYSTEM:
        return _("Udfaldet er ukendt. Der er spurgt tre gange.")
    return _("Egen vurdering. Fik hjælp? %(answer)s.") % {"answer": answer}
