"""Who may do what with a record and its files. The rule itself is library.access; here it meets rows, labels and offices."""
