"""The catalogue: records, their profiles and their files, and the actions that change a record's state."""
