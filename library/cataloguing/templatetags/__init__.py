"""Template tags of the staff's screens."""
