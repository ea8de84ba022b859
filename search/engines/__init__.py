"""Two engines behind one interface: embedded (the default, needs nothing) and Elasticsearch."""
