"""What is asked, as engine-neutral values: request, plan, clauses, and what is given up when nothing is found. Pure."""
