"""How statistics joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import navigation

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
