"""How a file comes in: upload, recognition of the format, ingest. The result is an asset row with its first jobs."""
