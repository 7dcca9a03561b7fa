"""The cellar: pure computing. Values in, values out.

No framework, no database, no network, no clock, no hidden randomness: today and seeds are handed in.
Its parts stand alone on two shared floors, `quantities` and `words`:
`fit` (which offer for this person), `search` (texts by everyday words), `disclosure` (what a table of
persons may show). What a part may import is written in `.importlinter`.

Its three words: a *fact* (what somebody has said), a *reason* (what follows from it), *unknown* (nobody
has said; then we ask). Who knocks: every room that has something to reckon.
"""
