"""Addressed random draws and the integer fates that the engines compare and add."""
