"""Fails as a script with a defect does."""

raise ValueError("the acceptance suite raises this")
