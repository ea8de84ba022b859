"""The admin's views of records: list and filters, choosers, creation, withdrawal."""
