"""Makes the starter media from the data itself: maps, lists, spoken summaries, one film. Developers' tool; verb: make.py.

Nothing made here is ethnography, and every piece says that a machine made it.
"""
