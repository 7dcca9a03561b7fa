"""A directory of any size that nobody keeps: an HSDS 3.1 data package with a seed, dirty as real ones are.

About one row in a hundred is dirty: an empty status, line breaks written out, an orphan, an id told twice, a
price in words, ages the wrong way round. The descriptor also names a file that is not there.
"""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

WHAT = ("Lektiecafé", "Gældsrådgivning", "Sprogcafé", "Madklub", "Svømmehold", "Fædregruppe", "Retshjælp",
        "Syværksted", "Jobcafé", "Besøgsven", "Gåtur", "Fodbold for piger", "Mødregruppe")  # fmt: skip
WHOM = ("for børn", "for unge", "for voksne", "for ældre", "for familier", "for alle", "for enlige")
BODY = ("Frivilligcenter", "Idrætsforening", "Menighedsråd", "Bibliotek", "Kulturhus", "Medborgerhus")
TOWN = ("Ribe", "Skive", "Assens", "Nakskov", "Hobro", "Vejen", "Nyborg", "Struer", "Lemvig", "Dragør")
LANGUAGE = ("da", "en", "ar", "tr", "so", "fa", "ur", "pl")
DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DIRTY = 0.01
TABLES = {  # file -> HSDS table
    "organizations": "organization", "locations": "location", "addresses": "address", "services": "service",
    "service_at_location": "service_at_location", "phones": "phone", "schedules": "schedule",
    "languages": "language",
}  # fmt: skip
PER_BODY, PER_PLACE = 10, 3  # offers of one organisation, and at one place

Write = Callable[[Sequence[object]], object]


def make(folder: Path, *, services: int, seed: int = 2026) -> dict[str, int]:
    """Write the package. The answer is table -> rows written, which an import has to account for."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(seed)  # noqa: S311 - made to be the same each time
    counts: dict[str, int] = {}
    for table, (columns, rows) in _tables(services, chance).items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns.split())
            counts[table] = sum(1 for row in rows if writer.writerow(row))
    names = [*counts, "metadata"]  # the last one is not there
    resources = [{"name": name, "path": f"{name}.csv"} for name in names]
    told = {"name": "lavet", "licenses": [{"name": "CC0-1.0"}], "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    return counts


Table = tuple[str, Iterator[Sequence[object]]]


def _tables(services: int, chance: Random) -> dict[str, Table]:
    bodies, places = max(1, services // PER_BODY), max(1, services // PER_PLACE)
    return {
        "organizations": ("id name description email website", _organizations(bodies, chance)),
        "locations": (
            "id organization_id name location_type latitude longitude",
            _locations(places, bodies, chance),
        ),
        "addresses": (
            "id location_id address_1 city postal_code country address_type",
            _addresses(places, chance),
        ),
        "services": (
            "id organization_id name description status fees_description minimum_age maximum_age email",
            _services(services, bodies, chance),
        ),
        "service_at_location": ("id service_id location_id", _at(services, places, chance)),
        "phones": ("id service_id number", _phones(services, chance)),
        "schedules": (
            "id service_id freq byday opens_at closes_at description",
            _schedules(services, chance),
        ),
        "languages": ("id service_id code", _languages(services, chance)),
    }


def _organizations(count: int, chance: Random) -> Iterator[Sequence[object]]:
    for number in range(count):
        name = f"{chance.choice(BODY)} {chance.choice(TOWN)} {number}"
        yield f"o{number}", name, _words(chance), f"post@o{number}.invalid", f"https://o{number}.invalid/"


def _locations(count: int, bodies: int, chance: Random) -> Iterator[Sequence[object]]:
    for number in range(count):
        body = f"o{number % bodies}"
        latitude, longitude = f"{chance.uniform(54.8, 57.5):.6f}", f"{chance.uniform(8.3, 12.6):.6f}"
        yield f"l{number}", body, f"Sal {number}", "physical", latitude, longitude


def _addresses(count: int, chance: Random) -> Iterator[Sequence[object]]:
    for number in range(count):
        place = _sometimes(chance, f"l{number}", f"væk{number}")
        code = 1000 + number % 9000
        yield f"a{number}", place, f"Prøvevej {number}", chance.choice(TOWN), code, "DK", "physical"


def _services(count: int, bodies: int, chance: Random) -> Iterator[Sequence[object]]:
    for number in range(count):
        own = _sometimes(chance, f"s{number}", f"s{max(0, number - 1)}")
        name = f"{chance.choice(WHAT)} {chance.choice(WHOM)} {number}"
        about = _sometimes(chance, _words(chance), f"{_words(chance)} \\n {_words(chance)}")
        status = _sometimes(chance, "active", "")
        price = _sometimes(chance, "Gratis", "Spørg i cafeen")
        youngest = _sometimes(chance, 6, 60)
        yield own, f"o{number % bodies}", name, about, status, price, youngest, 17, f"s{number}@o.invalid"


def _at(count: int, places: int, chance: Random) -> Iterator[Sequence[object]]:
    for number in range(count):
        yield f"sl{number}", f"s{number}", _sometimes(chance, f"l{number % places}", "væk")


def _phones(count: int, chance: Random) -> Iterator[Sequence[object]]:
    for number in range(count):
        yield f"p{number}", f"s{number}", _sometimes(chance, f"00 {number:06d}", "ukendt")


def _schedules(count: int, chance: Random) -> Iterator[Sequence[object]]:
    for number in range(count):
        for day in chance.sample(DAY, 2):
            opens = chance.randrange(8, 17)
            closes = _sometimes(chance, f"{opens + 2:02d}:00", "sent")
            yield f"h{number}{day}", f"s{number}", "WEEKLY", day, f"{opens:02d}:00", closes, ""


def _languages(count: int, chance: Random) -> Iterator[Sequence[object]]:
    for number in range(count):
        yield f"g{number}", f"s{number}", _sometimes(chance, chance.choice(LANGUAGE), "klingon")


def _words(chance: Random) -> str:
    return " ".join(
        f"{chance.choice(WHAT)} {chance.choice(WHOM)} i {chance.choice(TOWN)}."
        for _ in range(chance.randrange(1, 5))
    )


def _sometimes(chance: Random, usual: object, dirty: object) -> object:
    return dirty if chance.random() < DIRTY else usual
