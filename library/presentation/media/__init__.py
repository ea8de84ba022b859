"""The files of a record on its page: pictures, recordings with their words, documents."""
