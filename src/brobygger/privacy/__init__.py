"""Privacy: on what ground something about a person may leave the house.

Three words: *consent* (a ledger line: recipient x kinds of data x direction), *withdrawal* (a new line,
never a change), *eraser* and *exporter* (every room says how its rows about a resident go, `sockets.py`).
Who knocks: residents and bridging, before anything is shared.
"""
