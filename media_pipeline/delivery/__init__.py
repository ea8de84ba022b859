"""Every byte that goes out: the media gate, byte ranges, tiles, public links. The access policy is asked each time."""
