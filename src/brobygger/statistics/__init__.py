"""Statistics: the only door by which a number about persons leaves the house.

Three words: *door* (withholds the few and what would betray them), *sheet* (a table that may be shown,
printed or exported), *gap* (people whom the directory has nothing for). Who knocks: leaders, and every room
above that shows a figure. Start in `door`: what it gives has no withheld count in it.
"""
