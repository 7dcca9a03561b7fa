"""What matching does by itself: sees what is new for open needs."""

import logging

from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.foundation.jobs import job, periodic
from brobygger.foundation.scope import organisation_scope
from brobygger.matching import news

log = logging.getLogger(__name__)


@periodic(cron="* * * * *")
@job(name="matching.every_minute", pass_context=False)
def every_minute(timestamp: int) -> None:
    """House by house, each in its own scope; one that fails stops no other."""
    for organisation in Membership.objects.values_list("organisation_id", flat=True).distinct():
        try:
            with organisation_scope(organisation):
                news.look_for_news(timezone.now())
        except Exception:
            log.exception("news for %s could not be looked for", organisation)
