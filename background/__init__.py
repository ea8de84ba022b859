"""Background work: tables of work that the worker processes do again and again. It knows none of the other packages."""
