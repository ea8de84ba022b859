"""Words of lists as pages show them: a meaning in many languages, the dictionary of a list, the sound of a word."""
