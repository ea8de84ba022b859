"""Formats in which transcripts and captions come and go. Markup is dropped on the way in and escaped on the way out."""
