"""Makes the starter media from the data itself: maps, lists, spoken summaries, one film.

For developers, by ``manage.py make_starter_media``. Nothing made here is ethnography, and every piece says that a machine made it.
"""
