"""Disclosure: what a table of counts of persons may show, so that nobody can be read out of it.

Its three words: a *sensitive* cell (one to four persons), a *withheld* cell (sensitive, or betraying one
that is), a *world* (another table that agrees with everything shown). Who knocks: `statistics`, the only
door. Start in `values`, then `withholding.protect`; `moves` is the arithmetic, `proof` the last check.

What is promised
----------------
1. A count of 1 to 4 persons is never shown, in the middle of a table or in its margins. 0 is shown: it is
   about nobody. It may still be withheld to hide another cell, so that "withheld" never means "at least one".
2. From everything that one request shows, margins and tables that share a dimension included, nobody can say
   of a sensitive cell that there is anybody in it, nor that there are fewer than five: both 0 and 5 or more
   stay possible. Of the other withheld cells at least two values stay possible.
3. Every withheld cell looks alike. A mark "under 5" on some would tell which ones they are, and narrow them.

Why it holds: for every sensitive cell two worlds are made, one where it is 0 and one where it is 5 or more.
Each is a whole table of whole, non-negative numbers with every shown cell as it is. `proof.check` reads them
afterwards and knows nothing of how they were made; without a world nothing leaves. No solver is needed, since
a world is built move by move: a *move* is a product of "one more here, one fewer there" over the dimensions
(the alternating cube of Repsilber's hypercube method, here also through margins), which keeps every sum.

What it does not promise: two requests on two days are not compared; who knows some of those counted knows
more than the table; joint distributions that no table shows are not looked into.

Sources: Hundepool et al., Statistical Disclosure Control (2012), ch. 4; Fischetti and Salazar, Solving the
cell suppression problem, Management Science 47 (2001). The tests attack with a linear program per cell.
"""
