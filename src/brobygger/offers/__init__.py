"""Offers: the directory of what there is (tilbud). Public, and written only by its keeper.

Three words: *offer* (HSDS service), *location* (where), *schedule* (when it is open). What nobody has
told us is NULL and is shown as "ikke oplyst", never guessed.

Knocked on by matching and bridging, by anyone without a login through the public pages, and by partners who
keep their own through an account or a link. Which file, by what happens:

what stands           models (what fit and pages read), details (the rest of HSDS 3.1), needs, terms
found by anyone       views, reads, finding; words in memory: indexed; why and why not: because, lost, facets
one offer's page      page, lines, besides, reaching, agenda (calendar), sharing (QR); the map: maps, mapped
as fit wants it       facts, rules, hours, geodesy (degrees and metres)
kept by its keeper    desk, desk_views, keeping; by link: listing; what it said before: history, remembered;
                      what a change would do: trial
kept true             stewarding, steward_views, tasks; the same twice: doubles, merging, verdicts
taken in              importing (formats, saving, undoing); as a file on a page: orders, import_views, apart
given out             hsds (every object is made there), exporting
by itself             jobs
"""
