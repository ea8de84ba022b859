"""The screens of the light table. They show and ask; what is done is in ``actions``."""
