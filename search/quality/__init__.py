"""How good the search is: evaluation, judged queries, searches without results, and the staff's page for them."""
