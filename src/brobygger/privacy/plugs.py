"""How privacy joins the house: with its own ledger, and for the foundation, which cannot plug upwards."""

from brobygger.privacy.erasing import ERASERS, EXPORTERS
from brobygger.privacy.sockets import erasers, exporters

erasers.plug_all(ERASERS)
exporters.plug_all(EXPORTERS)
