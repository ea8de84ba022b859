"""The public pages over the catalogue. They read and never write."""
