"""The staff's screens over files: list, page of a file, chooser, captions and pages, state of the work."""
