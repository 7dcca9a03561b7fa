"""Duplicates: which entries of a directory may be the same one, told by two sources. Pure.

It proposes, with reasons in words; it never decides. Two offers of one name at two addresses are two offers.
"""

from brobygger.engine.duplicates.proposing import Proposal as Proposal
from brobygger.engine.duplicates.proposing import propose as propose
from brobygger.engine.duplicates.values import Entry as Entry
from brobygger.engine.duplicates.values import Reason as Reason
