"""The tables. What the migrations make must equal this; a test compares them."""

from db.schema import people, practice, requests, visits
from db.schema.columns import metadata

__all__ = ["metadata", "people", "practice", "requests", "visits"]
