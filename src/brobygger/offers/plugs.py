"""How offers joins the house."""

from datetime import datetime

from django.utils.translation import gettext as translate
from django.utils.translation import ngettext

from brobygger.accounts.models import Membership
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import Hand, NavigationItem, TodayCard
from brobygger.foundation.sockets import Carrier, carriers, daily_jobs, navigation, today_cards
from brobygger.offers import stewarding
from brobygger.offers.listing import LISTING_LINK

navigation.plug(
    "offers",
    NavigationItem(order=40, label=_("Tilbud"), url_name="offers:list", icon="search", path="/tilbud/"),
)
carriers.plug(LISTING_LINK, Carrier(job="offers.hand_out"))
daily_jobs.plug("stale_offers", stewarding.find_stale)


def _tasks(viewer: Membership, now: datetime) -> list[TodayCard]:
    """One card for all that the viewer must ask about in the directory, by the day that comes first."""
    mine = list(stewarding.open_tasks().filter(owner=viewer)) if viewer.meets_residents else []
    if not mine:
        return []
    title = ngettext("Et tilbud skal afklares", "%(count)d ting i kataloget skal afklares", len(mine))
    first = mine[0]
    name = first.offer.name if first.offer else first.partner.name
    return [
        TodayCard(
            key="steward_tasks",
            day=first.due_on,
            title=title % {"count": len(mine)},
            text=f"{name}: {translate(first.kind_term.label)}.",
            href="/tilbud/afklaring/",
            hand=Hand.US,
            whose=viewer.name,
            press=translate("Se, hvad der skal afklares"),
        )
    ]


today_cards.plug("offers.stewarding", _tasks)
