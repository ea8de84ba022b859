"""The admin pages of records: list, forms, choosers, review, reports. Changes states only by the actions of library.records."""
