"""What stands in a pack: plain pages with relative addresses, and data for the search in it. Reads, never writes."""
