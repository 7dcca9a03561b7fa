"""Bridges (broer): the way between a resident and an offer, and who has said what on it.

A *bridge* is the attempt to meet one need, a *leg* (led) is one recipient's part of it, a *statement*
(udsagn) is who said what and when. Statements are only ever added; the state of a leg is what they add
up to. A *clock* (frist) sees to it that every open bridge waits for a named somebody until a named day.

Knocked on by workers, by partners without account through an answer link or a standing link, by residents
through a link of their own, and by the clock. Read `rules.py` first: everything that may happen stands
behind it. Which file, by what happens:

what may happen      rules, and behind that door transitions, deadlines, clockwork, guards, history, standing,
                     why
a bridge out         actions (build, send), answers (yes, no), letters, links, telling (the record of it all)
in line              queueing (who stands where); record (how a partner answers, as a rule)
to the end           meetings, companions and company, endings, closing, verdicts, reopening
taken back           withdrawing, given; access (what ends by itself afterwards)
the other way        asking (a partner asks), inward (its rules), triage (what we do), asks and asked (records
                     and questions), ask_* (words, record, forms, cards), handing_out (its one message)
the resident's page  inviting (the way in), own (what it shows)
what pages show      reads, cards, company_cards, voices, presses, unreached
by itself            jobs, ringing
"""
