"""Tags and filters of the public templates. They draw and format what they are given; none of them queries."""
