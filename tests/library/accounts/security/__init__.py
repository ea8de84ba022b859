"""Second factor, sessions and sign-in with another service."""
