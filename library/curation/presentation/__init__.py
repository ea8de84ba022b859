"""What readers see of editorial pages: blocks with the records that this reader may see, in the reader's language."""
