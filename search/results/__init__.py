"""A page of results as frozen values: records found, facets, notices, map, years, export. Asks nothing of an engine."""
