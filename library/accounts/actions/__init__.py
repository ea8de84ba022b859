"""What changes offices, people, communities and invitations. Forms, commands and views call these; each writes the audit log."""
