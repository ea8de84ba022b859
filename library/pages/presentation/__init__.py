"""What public pages show of a record, as frozen values.

It reads prefetched rows and knows no request. Two things query the database: `record/context.py`, for the records around one, and the
fields of a profile that refer to others, one query for each model. The only HTML is the language tag around a text (`wording.py`).
"""
