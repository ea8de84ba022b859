"""How authority files become rows: reading (rows), writing (sync) and one module per family of files. Verb: ../load.py."""
