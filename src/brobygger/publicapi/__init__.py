"""Publicapi: the directory as an open feed (HSDS 3.1) for whoever wants to read it, without a key.

Three words: *collection* (what can be listed: services, organisations …), *page* (some of it, in a fixed
order), *profile* (what our objects promise beyond HSDS). Only what everybody may read is asked for here, so
there is no viewer; nothing here writes.
Who knocks: programs of others, at `/api/hsds/v3/`; people who ask what can be had, at `/aabne-data/`.
"""
