"""The next action of a request in SQL, said once for lists and checks: as ``domain.next_action`` says it."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, exists, select
from sqlalchemy.sql.selectable import Exists

from db.schema.requests import callback, request
from desk_app.domain.statuses import OPEN_CALLS

_c, _r = callback.c, request.c
_open = (_c.request_id == _r.id, _c.void == 0, _c.status.in_(sorted(status.value for status in OPEN_CALLS)))

next_call: ScalarSelect[int] = (
    select(_c.id).where(*_open).order_by(_c.due_s, _c.id).limit(1).correlate(request).scalar_subquery()
)
"""The number of the call that is the request's next action."""

waits: Exists = exists().where(*_open).correlate(request)
"""Whether the request has one."""
