"""Text itself: what it may hold, and the coarse key by which staff find a name."""
