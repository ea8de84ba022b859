"""The screens of imports. They show and ask; what is done is in ``actions``."""
