"""The signal of the office tree. Packages above (search) listen; this one knows none of them."""

from django.dispatch import Signal

office_moved = Signal()
"""Sent with ``office`` inside the transaction that gave the office and all below it a new path.

Rights over the records of the subtree have changed. A listener must not save them one by one: there may be a hundred thousand.
"""
