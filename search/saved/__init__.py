"""Searches that signed-in people keep: saved, told about when something new is found, stopped with one tap in the letter."""
