"""The handbook inside the admin: its pages, and a page for each record type made from its profile."""
