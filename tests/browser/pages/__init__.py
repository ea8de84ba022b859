"""Every kind of public page in a real browser, and as HTML."""
