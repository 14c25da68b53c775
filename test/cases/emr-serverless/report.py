"""Reports what was trained."""
