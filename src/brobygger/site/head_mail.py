"""The trail's head by mail to the leader: a second place outside the database, kept by somebody else."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.foundation import heads, outbox, scope
from brobygger.foundation.chain import AuditHead
from brobygger.foundation.jobs import later
from brobygger.foundation.outbox import OutboxMessage

KIND = "foundation.AuditHead"
LIVES = timedelta(days=2)


def keep(now: datetime) -> None:
    """Write the open house's head outside, and tell its leaders, if the chain has grown."""
    house = scope.current().organisation
    if house is None or heads.publish(now) is None:
        return
    leaders = Membership.objects.filter(organisation_id=house, role=Role.LEADER, is_active=True)
    for leader in leaders.select_related("user"):
        made = OutboxMessage.objects.create(
            about_kind=KIND,
            about_id=house,
            what="head",
            channel="email",
            to=leader.user.email,
            made_at=now,
            use_by=now + LIVES,
        )
        later("site.send_head", organisation=str(house), message=str(made.pk))


def send(message: UUID, now: datetime) -> None:
    """Send one such message, if it still waits."""
    waiting = OutboxMessage.objects.filter(pk=message, state=outbox.MessageState.WAITING)
    row, head = waiting.select_for_update().first(), AuditHead.objects.first()
    if row is None or head is None or now >= row.use_by:
        return
    with override(row.language):
        subject = _("Aftryk af sporet: linje %(seq)s") % {"seq": head.seq}
        text = _(
            "Gem denne mail. Sporet af, hvem der har gjort og set hvad, er nået til linje %(seq)s. "
            "Aftrykket er\n\n%(digest)s\n\nPasser det en dag ikke, er nogen gået i sporet."
        ) % {"seq": head.seq, "digest": bytes(head.digest).hex()}
    outbox.deliver(row, subject=subject, text=text, at=now)
