"""Tags and filters of the public templates. They draw and format values; none of them queries the database."""
