"""Site: the roof. Settings, addresses, the front page and I dag, the command line, the sample estate.

Three words: *settings*, *urls*, *commands*. It holds no rules and no records.
Who knocks: the person who starts Brobygger, and everybody's first press of the day.
"""
