"""Care of vocabularies: the list of terms with their uses, the form of a term."""
