"""When festivals come: their next days, and a month of the calendar."""
