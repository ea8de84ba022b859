"""What public pages show of a record, as frozen values: plain reading of prefetched rows, no query, no request, no HTML."""
