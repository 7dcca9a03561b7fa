"""How offers joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import Carrier, carriers, navigation
from brobygger.offers.listing import LISTING_LINK

navigation.plug(
    "offers",
    NavigationItem(order=40, label=_("Tilbud"), url_name="offers:list", icon="search", path="/tilbud/"),
)
carriers.plug(LISTING_LINK, Carrier(job="offers.hand_out"))
