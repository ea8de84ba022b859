"""The staff's screens over records: list, forms, choosers, review, reports. Writes only through the verbs of library.records."""
