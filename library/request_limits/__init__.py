"""How often, and how many at once, a reader may ask for what costs much. Knows addresses of pages by name, and no model."""
