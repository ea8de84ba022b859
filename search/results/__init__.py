"""A page of results as frozen values: records found, facets, notices, map, years, export. Asks an engine only when
nothing was found: for what the search would find with one condition less."""
