"""Exports: what is told of one record, and the files that hold many. A file of a format knows no database; ``registry`` lists them."""
