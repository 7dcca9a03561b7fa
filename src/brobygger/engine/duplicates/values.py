"""One entry as it is compared, and the reasons for taking two for one."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from brobygger.engine.quantities import Point
from brobygger.engine.search.folding import EMPTY, stems, words_in
from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _

Key = TypeVar("Key", bound=Hashable)
DIGITS = 8  # of a telephone number, from the end: what is left without country and trunk prefixes


class Reason(Term):
    """In the order of their weight."""

    SAME_NAME = "same_name", _("Navnet er det samme.")
    SAME_PHONE = "same_phone", _("Telefonnummeret er det samme.")
    SAME_ADDRESS = "same_address", _("Adressen er den samme.")
    SAME_WEBSITE = "same_website", _("Hjemmesiden er den samme.")
    SAME_MAILBOX = "same_mailbox", _("Mailadressen er den samme.")
    SAME_BODY = "same_body", _("Organisationen hedder det samme.")
    LIKE_NAME = "like_name", _("Navnet ligner.")
    NEAR = "near", _("Stederne ligger tæt på hinanden.")


@dataclass(frozen=True)
class Entry(Generic[Key]):
    """An entry and what may show that another is the same. What nobody has told shows nothing."""

    key: Key
    source: str
    name: str
    body: str = ""
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    website: str = ""
    mailbox: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the name as they are compared, in the order of the alphabet.

        >>> Entry(1, "a", "Åben Rådgivning").words == Entry(2, "b", "RAADGIVNING, aaben").words
        True
        """
        found = words_in(self.name)
        return tuple(sorted({stems(word)[0] for word in found if word not in EMPTY} or set(found)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """
        >>> Entry(1, "a", "x", phones=("+45 70 10 20 30", "00 45 7010 2030", "112")).numbers
        frozenset({'70102030'})
        """
        digits = ("".join(sign for sign in told if sign.isdecimal()) for told in self.phones)
        return frozenset(one[-DIGITS:] for one in digits if len(one) >= DIGITS)

    @cached_property
    def places(self) -> frozenset[str]:
        """
        >>> Entry(1, "a", "x", addresses=("Ærøgade 3, st.",)).places
        frozenset({'aeroegade 3 st'})
        """
        told = (" ".join(words_in(one)) for one in self.addresses)
        return frozenset(one for one in told if any(sign.isdecimal() for sign in one))

    @cached_property
    def site(self) -> str:
        """The address on the web without what differs from day to day; a front page alone shows little.

        >>> Entry(1, "a", "x", website="HTTPS://www.hus.dk/cafe/").site
        'hus.dk/cafe'
        """
        bare = self.website.strip().casefold().split("://")[-1].removeprefix("www.")
        return bare.split("#")[0].rstrip("/")

    @cached_property
    def letters(self) -> str:
        return self.mailbox.strip().casefold()

    @cached_property
    def behind(self) -> tuple[str, ...]:
        return tuple(sorted(set(words_in(self.body))))
