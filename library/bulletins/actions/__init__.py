"""The verbs of bulletins: write, build, publish, close."""
