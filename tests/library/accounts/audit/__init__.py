"""The audit log: sign-ins, rights, exports, and from where."""
