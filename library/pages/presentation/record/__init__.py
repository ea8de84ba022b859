"""What the page of one record shows, as frozen values."""
