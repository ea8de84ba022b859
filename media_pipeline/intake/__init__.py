"""How a file comes in: upload, recognition of the format, ingest. It ends with an asset row and its first jobs."""
