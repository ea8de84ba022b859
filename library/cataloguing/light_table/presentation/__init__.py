"""What the screens of the light table show. It reads; nothing is changed here."""
