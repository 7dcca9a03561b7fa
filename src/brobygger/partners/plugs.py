"""How partners joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import navigation

navigation.plug(
    "partners",
    NavigationItem(order=50, label=_("Partnere"), url_name="partners:list", icon="house", path="/partnere/"),
)
