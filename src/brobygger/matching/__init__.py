"""Matching: which offers fit this one person, and why. It ranks offers, and never a person.

Three words: *suggestion* (an offer with its reasons), *near miss* (exactly one thing in the way, and the
smallest change that opens it), *ask* (what nobody has told us is asked, never taken as a no).
Who knocks: a worker who stands with a resident's need. It hands a plain, signed choice on to bridging.

one need             reads (the list), person (the facts in words), tries (what if), choice (what goes on)
something changes    news ("1 nyt forslag"), effects (what a changed rule would do)
all needs at once    other_way (whom an offer fits), gaps (whom the directory has nothing for)
the same in SQL      sql, the oracle
"""
