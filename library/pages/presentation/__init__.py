"""What public pages show of a record, as frozen values.

It reads prefetched rows. It makes no query (only `record/context.py` does), knows no request and writes no HTML.
"""
