"""When festivals are held: the schedule that a record tells, and its occurrences as rows."""
