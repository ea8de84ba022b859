"""Keeping originals: fixity checks and repair, erasure by order, removal of what a crash left."""
