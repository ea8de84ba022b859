"""The readers' pages of bulletins, the feeds, and the staff's screens."""
