"""The second factor, the sessions of a person, and sign-in with another service: django-allauth behind our own pages (ADR 0037)."""
