"""The rule of ``domain.authorization_need`` as the database reads it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, select

from db.schema.practice import payer, procedure_type
from db.schema.requests import request
from db.terms import ZERO


def payer_id_of(chart: ColumnElement[Any], request_id: ColumnElement[Any], *outer: Table) -> ColumnElement[Any]:
    """Whom the chart names, else whom the request named (looked up only then)."""
    named = select(request.c.payer_id).where(request.c.id == request_id).correlate(*outer).scalar_subquery()
    return func.coalesce(chart, named)


needed: ColumnElement[int] = case(
    (payer.c.needs_authorization == ZERO, ZERO), else_=procedure_type.c.needs_authorization
)
"""1 where it is needed, or counts so because nobody knows who pays; ``payer`` is joined by :func:`payer_id_of`."""
