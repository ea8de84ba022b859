"""The starter collection: rows of collections/starter become records. The action is ``load.load_starter``."""
