"""The short-notice list and the offers made to who is on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from db.mapping import Codes, offer_of, offer_row, short_notice_of, short_notice_row
from db.rows import Rows
from db.schema.requests import offer, short_notice
from desk_app.domain.records import Offer, ShortNotice
from desk_app.domain.statuses import OfferStatus

_n, _o = short_notice.c, offer.c


class SqlShortNoticeRepository:
    """Entries that are taken off stay, inactive."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, number: int) -> ShortNotice:
        return short_notice_of(self._rows.get("short_notice", number))

    def add(self, value: ShortNotice) -> ShortNotice:
        return replace(value, id=self._rows.add("short_notice", short_notice_row(value)), version=1)

    def save(self, value: ShortNotice) -> ShortNotice:
        version = self._rows.save("short_notice", value.id, value.version, short_notice_row(value))
        return replace(value, version=version)

    def of_visit(self, appointment_id: int) -> ShortNotice | None:
        return self._active(_n.appointment_id == appointment_id)

    def of_request(self, request_id: int) -> ShortNotice | None:
        return self._active(_n.request_id == request_id)

    def _active(self, test: ColumnElement[bool]) -> ShortNotice | None:
        query = select(short_notice).where(test, _n.active == 1, _n.void == 0).order_by(_n.id).limit(1)
        row = _first(self._rows, "short_notice", query)
        return short_notice_of(row) if row is not None else None


class SqlOfferRepository:
    """Offers, open and answered."""

    def __init__(self, rows: Rows, codes: Codes) -> None:
        self._rows, self._codes = rows, codes

    def add(self, value: Offer) -> Offer:
        return replace(value, id=self._rows.add("offer", offer_row(value, self._codes)), version=1)

    def save(self, value: Offer) -> Offer:
        version = self._rows.save("offer", value.id, value.version, offer_row(value, self._codes))
        return replace(value, version=version)

    def open_of_hold(self, appointment_id: int) -> Offer | None:
        return self._open(_o.appointment_id == appointment_id)

    def open_of_entry(self, short_notice_id: int) -> Offer | None:
        return self._open(_o.short_notice_id == short_notice_id)

    def _open(self, test: ColumnElement[bool]) -> Offer | None:
        query = select(offer).where(test, _o.status == OfferStatus.OPEN.value, _o.void == 0).limit(1)
        row = _first(self._rows, "offer", query)
        return offer_of(row, self._codes) if row is not None else None


def _first(rows: Rows, table: str, query: Select[Any]) -> Mapping[str, Any] | None:
    found = rows.connection.execute(query).mappings().first()
    if found is None:
        return None
    row = dict(found)
    rows.remember(table, row)
    return row
