"""What is done with exports: asked for, gathered, written, kept for a week."""
