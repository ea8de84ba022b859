"""What is done with an import: receive a file, match its columns, check, run, mend a row, undo. The worker does the long steps."""
