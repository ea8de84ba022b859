"""The readers' pages of packs, and the staff's screen."""
