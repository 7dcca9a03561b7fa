"""The same reckoning as one query over the tables themselves: always correct, the oracle of the packed form.

It knows neither `offers.facts` nor the engine's columns, so that a slip in either shows as a difference.
What the rules mean is told in `engine.fit`; the order of the columns below is the order of its table.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from brobygger.engine.fit.constraints import CONFIRMED_FOR, Constraint
from brobygger.engine.fit.order import ORE_PER_POINT, PER_QUESTION, THEME_UNKNOWN, WAITING
from brobygger.engine.fit.ranking import Placed
from brobygger.engine.fit.values import Person
from brobygger.offers.rules import A_NIGHT

# What the tables say, one row per current offer. A rest (closes_on <= opens_on) leaves the day that matters.
OFFERS = """
offer AS (
    SELECT *,
        CASE WHEN opens_on < closes_on OR closes_on IS NULL THEN opens_on
             WHEN %(today)s >= closes_on AND %(today)s < opens_on THEN opens_on END AS opening,
        CASE WHEN opens_on < closes_on OR opens_on IS NULL THEN closes_on
             WHEN %(today)s < closes_on THEN closes_on END AS closing,
        CASE WHEN capacity_kind <> 'places' THEN capacity_kind
             WHEN places_total > places_taken THEN 'free' ELSE 'full' END AS room
    FROM offers_offer WHERE withdrawn_at IS NULL
)"""
PLACES = """
tie AS (
    SELECT a.offer_id, a.location_id, l.easting, l.northing, l.is_step_free
    FROM offers_offeratlocation a JOIN offers_location l ON l.id = a.location_id
    WHERE a.withdrawn_at IS NULL AND l.withdrawn_at IS NULL
),
place AS MATERIALIZED (
    SELECT offer_id,
        (13 * floor(sqrt(min(
            (easting - %(east)s::bigint) ^ 2 + (northing - %(north)s::bigint) ^ 2
        )))::bigint + 799) / 800 AS minutes,
        bool_or(easting IS NOT NULL) AS is_known,
        CASE WHEN count(DISTINCT coalesce(is_step_free::text, '?')) = 1
             THEN bool_and(is_step_free) END AS is_step_free
    FROM tie GROUP BY offer_id
)"""
HOURS = """
told AS (
    SELECT coalesce(offer_id, location_id) AS owner, weekday,
        extract(epoch FROM opens_at)::int / 60 AS opens, extract(epoch FROM closes_at)::int / 60 AS closes
    FROM offers_schedule WHERE withdrawn_at IS NULL
),
part AS (
    SELECT owner, weekday, opens, CASE WHEN closes > opens THEN closes ELSE 1440 END AS closes
    FROM told WHERE closes > opens OR opens >= %(a_night)s OR closes = 0
    UNION ALL
    SELECT owner, (weekday + 1) %% 7, 0, closes FROM told
    WHERE closes <= opens AND closes > 0 AND opens >= %(a_night)s
),
slot AS MATERIALIZED (
    SELECT owner, (1::bigint << (closes + 29) / 30) - (1::bigint << opens / 30) AS half_hours,
        (%(free)s::bigint[])[weekday + 1] AS free
    FROM part
),
held AS (
    SELECT owner AS offer_id, half_hours, free FROM slot
    UNION ALL
    SELECT tie.offer_id, half_hours, free FROM slot JOIN tie ON tie.location_id = slot.owner
    WHERE tie.offer_id NOT IN (SELECT owner FROM told)
),
suit AS MATERIALIZED (
    SELECT offer_id, bool_or(half_hours & ~free = 0) AS is_covered,
        bool_or(half_hours & free <> 0) AS is_touched
    FROM held GROUP BY offer_id
)"""
KNOWN = """
known AS MATERIALIZED (
    SELECT o.id, o.themes, o.price, o.languages, o.minimum_age, o.maximum_age, o.only_for, o.room,
        o.capacity_confirmed_on, o.opening, o.closing,
        o.status <> 'active' AND (o.closing IS NULL OR %(today)s < o.closing) AS is_paused,
        CASE WHEN place.is_known AND %(east)s::bigint IS NOT NULL THEN place.minutes END AS minutes,
        place.is_step_free,
        o.by_arrangement,
        NOT o.by_arrangement AND suit.offer_id IS NULL AS hours_unknown,
        CASE WHEN o.capacity_kind = 'open_door' OR o.id NOT IN (SELECT owner FROM told)
             THEN suit.is_touched ELSE suit.is_covered END AS suits,
        CASE WHEN NOT EXISTS (SELECT FROM unnest(o.areas) code WHERE code !~ '^[1-9][0-9]{3}$')
             THEN o.areas END AS areas,
        CASE WHEN o.room IN ('waiting_list', 'full') THEN o.next_places_on END AS next_on
    FROM offer o LEFT JOIN place ON place.offer_id = o.id LEFT JOIN suit ON suit.offer_id = o.id
)"""
# 0 = out of the masks or fits, 1 = ask, 2 = against: one column for each constraint.
JUDGED = """
wait AS (
    SELECT known.*, next_on > %(today)s IS TRUE AS is_later,
        (capacity_confirmed_on >= %(confirmed)s IS TRUE AND next_on IS NULL) AS is_confirmed
    FROM known
),
judged AS MATERIALIZED (
    SELECT *,
        CASE WHEN themes = '{}' THEN 1 WHEN NOT themes && %(themes)s::varchar[] THEN 2 ELSE 0 END AS "NEED",
        CASE WHEN %(east)s::bigint IS NULL THEN 0 WHEN minutes IS NULL THEN 1
             WHEN minutes > %(max_minutes)s::bigint THEN 2 ELSE 0 END AS "DISTANCE",
        CASE WHEN %(free)s::bigint[] IS NULL OR by_arrangement THEN 0 WHEN hours_unknown THEN 1
             WHEN NOT suits THEN 2 ELSE 0 END AS "TIMES",
        CASE WHEN minimum_age IS NULL AND maximum_age IS NULL THEN (%(age)s::int IS NOT NULL)::int
             WHEN coalesce(minimum_age, 0) = 0 AND maximum_age IS NULL THEN 0
             WHEN %(age)s::int IS NULL THEN 1
             WHEN %(age)s BETWEEN coalesce(minimum_age, 0) AND coalesce(maximum_age, 1000) THEN 0
             ELSE 2 END AS "AGE",
        CASE WHEN languages IS NULL THEN (%(languages)s::varchar[] IS NOT NULL)::int
             WHEN languages = '{}' THEN 0 WHEN %(languages)s::varchar[] IS NULL THEN 1
             WHEN languages && %(languages)s::varchar[] THEN 0 ELSE 2 END AS "LANGUAGE",
        CASE WHEN %(needs_step_free)s::bool IS NULL THEN (is_step_free IS FALSE)::int
             WHEN NOT %(needs_step_free)s THEN 0
             WHEN is_step_free IS NULL THEN 1 WHEN is_step_free THEN 0 ELSE 2 END AS "STEP_FREE",
        CASE WHEN only_for = '' THEN 0 WHEN %(gender)s::text IS NULL THEN 1
             WHEN (only_for, %(gender)s) IN (('women', 'woman'), ('men', 'man')) THEN 0 ELSE 2 END AS "GROUP",
        CASE WHEN areas IS NULL THEN (%(areas)s::varchar[] IS NOT NULL)::int
             WHEN areas = '{}' THEN 0 WHEN %(areas)s::varchar[] IS NULL THEN 1
             WHEN areas && %(areas)s::varchar[] THEN 0 ELSE 2 END AS "AREA",
        CASE WHEN %(max_price)s::bigint IS NULL THEN 0 WHEN price IS NULL THEN 1
             WHEN price > %(max_price)s THEN 2 ELSE 0 END AS "PRICE",
        CASE WHEN room = 'unknown' THEN 1 WHEN room IN ('open_door', 'talk_first') THEN 0
             WHEN is_later AND %(wait_until)s::date IS NULL THEN 1
             WHEN is_later THEN 2 * (next_on > %(wait_until)s::date)::int
             WHEN NOT is_confirmed THEN 1 WHEN room = 'free' THEN 0 WHEN room = 'full' THEN 2
             WHEN %(wait_until)s::date <= %(today)s THEN 2 ELSE 1 END AS "PLACES",
        CASE WHEN opening > %(today)s AND %(wait_until)s::date IS NULL THEN 1
             WHEN opening > %(today)s THEN 2 * (opening > %(wait_until)s::date)::int
             WHEN is_paused OR closing <= %(today)s THEN 2 ELSE 0 END AS "OPEN",
        opening > %(today)s IS TRUE
            OR (room IN ('waiting_list', 'full') AND (is_later OR is_confirmed)) AS means_waiting
    FROM wait
)"""


def _mask(standing: int) -> str:
    return " | ".join(f'({one.value} * ("{one.name}" = {standing})::int)' for one in Constraint)


QUERY = f"""
WITH {OFFERS}, {PLACES}, {HOURS}, {KNOWN}, {JUDGED},
masked AS (SELECT *, {_mask(2)} AS against, {_mask(1)} AS ask FROM judged)
SELECT id, against, ask,
    coalesce(minutes, 0)
    + CASE WHEN %(max_price)s::bigint IS NULL THEN 0 ELSE coalesce(price, 0) / {ORE_PER_POINT} END
    + {PER_QUESTION} * bit_count(ask::bit(16))
    + {WAITING} * means_waiting::int
    + {THEME_UNKNOWN} * ("NEED" = 1)::int AS penalty
FROM masked ORDER BY penalty, id
"""  # noqa: S608 - our own numbers and names


def place_all(person: Person) -> list[Placed]:
    """Every current offer for this person, least trouble first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY, _said(person))
        return [
            Placed(offer, Constraint(against), Constraint(ask), penalty)
            for offer, against, ask, penalty in cursor.fetchall()
        ]


def _said(person: Person) -> dict[str, Any]:
    free: Sequence[int] | None = None if person.times is None else [person.times.day(n) for n in range(7)]
    return {
        "today": person.today,
        "a_night": A_NIGHT,
        "confirmed": person.today - CONFIRMED_FOR,
        "themes": sorted(person.themes),
        "east": person.home and person.home.east,
        "north": person.home and person.home.north,
        "max_minutes": person.max_minutes,
        "free": free,
        "age": person.age,
        "languages": person.languages and sorted(person.languages),
        "needs_step_free": person.needs_step_free,
        "gender": person.gender,
        "areas": person.areas and sorted(person.areas),
        "max_price": person.max_price and person.max_price.ore,
        "wait_until": person.wait_until,
    }
