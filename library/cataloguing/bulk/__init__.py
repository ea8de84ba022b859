"""Bulk edit: one change to many records, with a preview before it and a way back after it (ADR 0035)."""
