"""What may be changed in bulk: one class for each way to change, one table of all changes (``table.py``). Knows no job."""
