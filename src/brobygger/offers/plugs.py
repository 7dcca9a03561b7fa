"""How offers joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import navigation

navigation.plug(
    "offers",
    NavigationItem(order=40, label=_("Tilbud"), url_name="offers:list", icon="search", path="/tilbud/"),
)
