"""The screens of bulk edits. They show and ask; what is done is in ``actions``."""
