"""Accounts: the people who sign in, and for which house.

Three words: *user* (a person who can sign in), *membership* (that person's place in one house; every
people column points here, FOUNDATION 3), *entrance* (how one gets in; in a demo, one press).
Who knocks: every room that needs to know who acts.
"""
