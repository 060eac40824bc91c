"""The fast lane: content of a plain kind, proven to come out as by the general calls.

Each module takes what a positive grammar accepts and leaves all else to the general
call; a test on random content with fresh seeds holds the two equal.
"""
