"""One module for each kind of row of the starter files: how it becomes a draft."""
