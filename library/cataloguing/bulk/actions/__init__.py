"""What is done with a bulk edit: begin it, preview, run, stop, take back."""
