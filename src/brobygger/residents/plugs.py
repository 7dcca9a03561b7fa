"""How residents joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import navigation, today_cards
from brobygger.privacy.sockets import erasers, explanations, exporters
from brobygger.residents import erasing
from brobygger.residents.looking import explained_by_relations
from brobygger.residents.reads import today_cards_of

MEETS = frozenset({"worker", "leader"})

navigation.plug(
    "residents",
    NavigationItem(
        order=20, label=_("Beboere"), url_name="residents:list", icon="people", path="/beboere/", roles=MEETS
    ),
)
today_cards.plug("residents", today_cards_of)
erasers.plug_all(erasing.ERASERS)
exporters.plug_all(erasing.EXPORTERS)
explanations.plug("residents", explained_by_relations)
