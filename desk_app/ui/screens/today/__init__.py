"""The flow board of today."""
