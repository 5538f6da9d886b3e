"""The painting side: the only part of printing that knows Qt."""
