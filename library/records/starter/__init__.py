"""The starter collection: rows of collections/starter become records. Verb: load.py."""
