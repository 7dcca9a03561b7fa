"""How bridging joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import navigation

navigation.plug(
    "bridging",
    NavigationItem(
        order=30,
        label=_("Broer"),
        url_name="bridging:list",
        icon="bridge",
        path="/broer/",
        roles=frozenset({"worker", "leader"}),
    ),
)
