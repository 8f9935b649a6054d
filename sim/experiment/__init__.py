"""Runs, comparisons and their folders: the only layer that loops over replications, scenarios and files."""
