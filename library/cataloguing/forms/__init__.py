"""The edit form of a record: its fields, panels, pickers, and what it may link to."""
