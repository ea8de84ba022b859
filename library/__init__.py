"""The Django project and the catalogue. Knows media, never search."""
