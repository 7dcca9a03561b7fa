"""How residents joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import navigation

MEETS = frozenset({"worker", "leader"})

navigation.plug(
    "residents",
    NavigationItem(
        order=20, label=_("Beboere"), url_name="residents:list", icon="people", path="/beboere/", roles=MEETS
    ),
)
