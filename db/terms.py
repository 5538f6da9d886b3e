"""Terms of selects that are asked again and again: values written out, values given at each execution, columns apart.

SQLite prepares a statement anew whenever a value is bound that its planner has looked at: to match a partial index, or
to weigh a range by what ANALYZE has counted (``sqlite3VdbeSetVarmask`` in its source). That takes longer than many a
select itself (27 of 30 µs for the visits of one patient). A value behind a plus sign is not looked at; one that a
partial index is to be found by is written out.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, String, and_, bindparam, literal_column
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

ZERO, ONE = literal_column("0", Integer), literal_column("1", Integer)
LAST_LETTER = "\U0010ffff"
_plus: Any = custom_op("+")


def unseen(column: Column[Any]) -> ColumnElement[Any]:
    """A column that no index is to be looked for: SQLite would begin with it, or walk in its order.

    A file has no statistics that would tell the planner better (nothing ever runs ANALYZE on it), and what it guesses
    instead can be a thousand times off.
    """
    if isinstance(column.type, String):
        return column.concat(literal_column("''", String))  # a server knows no plus sign before a text
    return UnaryExpression(column, operator=_plus, type_=column.type)


def given(name: str, like: Column[Any]) -> ColumnElement[Any]:
    """The value of that name, of the type of the column it is compared with."""
    return UnaryExpression(bindparam(name, type_=like.type), operator=_plus, type_=like.type)


def between(
    dialect: str, of: ColumnElement[str], first: ColumnElement[str], after: ColumnElement[str]
) -> ColumnElement[bool]:
    """A stretch of the column's index, letter by letter; PostgreSQL has one made for that.

    LIKE would do the same there only as long as a statement is planned anew for each word: not once it is prepared.
    """
    if dialect == "sqlite":
        return and_(of >= first, of < after)
    return and_(of.bool_op("~>=~")(first), of.bool_op("~<~")(after))
