"""Offers: the directory of what there is (tilbud). Public, and written only by its keeper.

Three words: *offer* (HSDS service), *location* (where), *schedule* (when it is open). What nobody has
told us is NULL and is shown as "ikke oplyst", never guessed.
Who knocks: matching and bridging; anyone without a login, through its public pages.
"""
