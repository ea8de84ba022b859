"""What is done with terms: merge one into another, suggest, decide."""
