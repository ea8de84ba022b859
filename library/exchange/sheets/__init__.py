"""Files that hold a table, alone or in an archive or a folder with media. Reads and writes bytes; knows no record."""
