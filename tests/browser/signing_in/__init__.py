"""The second factor, sessions and the audit log in a browser."""
