"""What is done with packs: ordered, built by the worker, stopped, closed."""
