"""The edit form of a record: its fields, panels and pickers, and what it may link to."""
