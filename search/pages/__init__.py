"""Pages and answers beside the list of results: detailed search, searching inside a record, suggestions, values of a facet."""
