"""Settings: base is production; dev and test relax it, never the other way round."""
