"""The review of records: its workflow, the reports over it, and what waits for the person."""
