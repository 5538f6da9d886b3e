"""Builds the object graph: the one room that knows every other."""
