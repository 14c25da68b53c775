"""Cleans the ratings of a day."""
