"""The verbs of a review: approve one or many, send back, pass on, comment. Screens and imports call these."""
