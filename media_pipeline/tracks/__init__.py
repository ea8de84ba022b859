"""Text tracks: import, editing and export of transcripts and captions. Markup is dropped on import and escaped on export."""
