"""How much a table or an archive may hold. Every limit acts on what was really read, never on what a header says."""

MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # characters: what one cell of Excel holds
LONGEST_SHOWN = 200  # characters of a cell that is too long
TABLE_BYTES = 200 * 1024 * 1024  # of a CSV file, or of all parts of a workbook unpacked
ARCHIVE_ENTRIES = 5_000
BAG_ENTRIES = 100_000  # of an archive that says it is a bag: each of its files has to stand in its manifest with a checksum
ARCHIVE_BYTES = 20 * 1024**3  # of all files of an archive, unpacked
UPLOAD_BYTES = 4 * 1024**3
LARGEST_RATIO = 200  # unpacked to packed, of what unpacks to more than RATIO_FROM
RATIO_FROM = 50 * 1024 * 1024
