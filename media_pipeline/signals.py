"""Signals for the packages above. Sent inside the transaction that makes the change: receivers write rows and do nothing slow."""

from django.dispatch import Signal

asset_ready = Signal()  # sender=Asset, asset: required derivatives exist, or more of them than before
asset_failed = Signal()  # sender=Asset, asset: nothing playable can be made; asset.problem says why
asset_replaced = Signal()  # sender=Asset, asset, by, user: a better copy takes its place wherever it is shown
asset_withdrawn = Signal()  # sender=Asset, asset: its bytes are closed from now on
