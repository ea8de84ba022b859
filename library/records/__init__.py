"""The catalogue: records, their profiles, their media, and the verbs that change their state."""
