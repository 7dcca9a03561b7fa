"""Foundation's tables live beside what uses them; Django looks for them here."""

from brobygger.foundation.audit import AuditRow
from brobygger.foundation.chain import AuditHead, AuditLink
from brobygger.foundation.installation import Installation
from brobygger.foundation.once import OnceRow
from brobygger.foundation.outbox import OutboxMessage

__all__ = ["AuditHead", "AuditLink", "AuditRow", "Installation", "OnceRow", "OutboxMessage"]
