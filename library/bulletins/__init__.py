"""Bulletins for the loudspeakers of communes: words and recordings in an order, one MP3, heard and fetched by everybody (ADR 0048)."""
