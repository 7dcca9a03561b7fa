"""How statistics joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import daily_jobs, navigation, previews
from brobygger.statistics.counting import count_why_nots
from brobygger.statistics.previews import preview

navigation.plug(
    "statistics",
    NavigationItem(
        order=70,
        label=_("Tal"),
        url_name="statistics:gaps",
        icon="bars",
        path="/tal/",
        roles=frozenset({"leader"}),
    ),
)
daily_jobs.plug("why_nots", count_why_nots)
previews.plug("statistics", preview)
