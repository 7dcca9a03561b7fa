"""How matching joins the house."""

from brobygger.matching.erasing import forget_known_offers
from brobygger.privacy.sockets import erasers

erasers.plug("matching.KnownOffers", forget_known_offers)
