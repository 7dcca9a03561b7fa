"""Fit: which offers suit one person's one need, why, and what stands in the way of the others.

Its three words: a *constraint* (what may stand in the way), a *standing* (fits, ask, against), a *near miss*
(exactly one thing in the way). Who knocks: `matching`. Start in `values`, then `constraints` (what each rule
means), `order` (what comes first), `changes` (what would open a near miss). `plain.rank` is the slow, obvious
answer; `columns.rank` is the fast one and must be equal to it, number by number.

For whole directories there is the `readmodel`: `records` packs an offer in seven numbers, `lists` lays them
out by theme and square of the map, `question` packs the person. `judging` and `nearby` answer in NumPy,
`loops` and `searches` as machine code. All of them must be equal, number by number. `reverse` asks the other
way round: whom does this offer fit?

The rules, exactly
------------------
Every constraint is always judged, for every offer. Two bit masks come out: `against` and `ask`.
A fit has nothing against it. What is unknown is asked about and never excludes.

In every field None means *nobody has said*. In an offer's field an empty set or tuple means *no restriction*.
A person's silence is never held against them: with the fact missing, a constraint stays out of the masks,
except where the offer sets a limit for people (the last column).

constraint  person's facts     offer's fields   fits when                               person silent
NEED        themes             themes           a theme in common, or none required     (never silent)
DISTANCE    home, max_minutes  points           minutes <= max_minutes; points empty    out
TIMES       times              slots,           a slot lies wholly in the free times;   out
                               come_and_go      come_and_go: shares a half hour; empty
AGE         age                ages             from_ <= age < until                    ask if limited
LANGUAGE    languages          languages        a language in common                    ask if limited
STEP_FREE   needs_step_free    step_free        step_free, where it is needed           ask if stairs
GROUP       gender             genders          gender is among them                    ask if limited
AREA        areas              areas            an area in common                       ask if limited
PRICE       max_price          price            price <= max_price                      out
PLACES      wait_until, today  places           see below                               see below
OPEN        wait_until, today  opens_on,        see below                               see below
                               closes_on, paused

Elsewhere the constraint is *against*. If the offer's field is None: *ask* when the person has said the fact
(NEED: always; DISTANCE: when home is known; STEP_FREE: when it is needed; PLACES: always), otherwise out.
An offer without a limit (AGE, LANGUAGE, GROUP, AREA) is out of the masks whatever the person is.

WAIT(day): ask if wait_until is None, fits if day <= wait_until, else against.
PLACES, first that holds: OPEN_DOOR, TALK_FIRST: fits. next_on > today: WAIT(next_on). confirmed_on is None or
more than 30 days before today, or next_on is set (and passed): ask. FREE: fits. WAITING_LIST: against if
wait_until <= today, else ask (how long?). FULL: against.
OPEN, first that holds: opens_on > today: WAIT(opens_on). paused: against. closes_on <= today: against.
Else out.

Whole numbers only, so that SQL can repeat them:
metres  = floor(sqrt(dx*dx + dy*dy)) to the nearest of the offer's points, UTM 32
minutes = ceil(metres * 13 / 800) = (metres * 13 + 799) / 800, rounded down: the way is 1.3 times the straight
          line, walked at 80 metres a minute
slots   = one bit per half hour of a day (48), rounded outward for an offer and inward for a person;
          wholly free: bits & ~free = 0; shares: bits & free <> 0
order   = see `order.penalty`; lowest first, then lowest id

A near miss is an offer whose NEED fits and whose `against` has exactly one bit. The others have two or more.
"""
