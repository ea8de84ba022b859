"""The review of records: its workflow, its reports, and the open work of the person."""
