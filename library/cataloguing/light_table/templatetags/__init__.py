"""Tags of the templates of the light table."""
