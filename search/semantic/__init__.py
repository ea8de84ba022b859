"""Search by meaning, an option: a model that reads texts as vectors, and the file of vectors. It knows no record, index or request.

Only this package imports the optional packages, and only where the setting SEARCH_SEMANTIC asks for them.
"""
