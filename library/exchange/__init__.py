"""Tables of records in and out: import of officers' sheets, with a check before anything is written."""
