"""Saved searches of signed-in people: their pages, the alerts about new records, and the address that stops the alerts."""
