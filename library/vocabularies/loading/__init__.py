"""How authority files become rows: reading (rows), writing (sync), and one module for each kind of file. Called by ../load.py."""
