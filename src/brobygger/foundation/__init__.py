"""Foundation: Django plumbing without domain, under every room.

Three words: *scope* (whose rows may be touched, `scope.py`), *socket* (where an upper room plugs in
instead of being imported, `sockets.py`), *once* (a press that is repeated counts once, `once.py`).
Who knocks: every room. It imports only the engine.
"""
