"""The read side: one or two selects an answer, frozen read models out."""

from db.queries.facade import SqlQueries

__all__ = ["SqlQueries"]
