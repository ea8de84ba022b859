"""Every byte that goes out: files, byte ranges, tiles, public links. The access policy is asked each time."""
