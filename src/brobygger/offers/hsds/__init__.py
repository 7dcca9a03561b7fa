"""The directory in the words of HSDS 3.1: every object is made here, wherever it is given out.

`flat` makes one object of one row, `nested` hangs objects into each other for whole pages, `dated` says what
has changed since when. The open API is made of these.
"""
