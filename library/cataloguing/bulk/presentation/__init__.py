"""What the pages of a bulk edit show, in words."""
