"""Bridges (broer): the way between a resident and an offer, and who has said what on it.

A *bridge* is the attempt to meet one need, a *leg* (led) is one recipient's part of it, a *statement*
(udsagn) is who said what and when. Statements are only ever added; the state of a leg is what they add
up to. A *clock* (frist) sees to it that every open bridge waits for a named somebody until a named day.

Knocked on by workers (build, send, withdraw), by partners without account through an answer link
(accept, decline) and by the clock. Read `rules.py` first: everything that may happen is one table there.
"""
