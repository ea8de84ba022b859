"""Where curators set what a question answers: the list, the form with its preview."""
