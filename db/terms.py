"""Terms of selects that are asked again and again: values written out, and values given at each execution.

SQLite prepares a statement anew whenever a value is bound that its planner has looked at: to match a partial index, or
to weigh a range by what ANALYZE has counted (``sqlite3VdbeSetVarmask`` in its source). That takes longer than many a
select itself (27 of 30 µs for the visits of one patient). A value behind a plus sign is not looked at; one that a
partial index is to be found by is written out.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, bindparam, literal_column
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

ZERO, ONE = literal_column("0", Integer), literal_column("1", Integer)
_plus: Any = custom_op("+")


def given(name: str, like: Column[Any]) -> ColumnElement[Any]:
    """The value of that name, of the type of the column it is compared with."""
    return UnaryExpression(bindparam(name, type_=like.type), operator=_plus, type_=like.type)
