"""The verbs of the light table. Each is one transaction."""
