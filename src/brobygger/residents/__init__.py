"""Residents: the people who are helped, what they need in their own words, and what has happened.

Three words: *resident* (never a case), *need* (always with an owner, a next step and a date while it is
open), *note* (the one timeline that every room writes to). Who may see whom is a *relation*.
Who knocks: matching, bridging, and later outreach and concerns.
"""
