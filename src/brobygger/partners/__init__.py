"""Partners: the organisations we work with, and how to reach them.

Three words: *organisation* (one row per legal or working body, houses and recipients alike, public),
*contact* (a function and a channel that has been verified; ours alone), *partnership* (members and mandate).
Who knocks: offers, residents, bridging. A partner without an account has a standing link (`standing_links`).
"""
