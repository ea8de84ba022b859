"""Which work an asset needs and who does it: plan, lease, runner, activation of what was made."""
