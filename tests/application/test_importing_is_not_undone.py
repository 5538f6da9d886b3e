"""Undo means what was done by hand at this desk, not what came in meanwhile."""

from __future__ import annotations

from datetime import timedelta

from desk_app.application.desk import Desk
from desk_app.application.incoming import IncomingRequest
from desk_app.application.use_cases import patients, undo
from desk_app.application.use_cases.import_requests import import_requests
from desk_app.domain.records import Contact, Message, Patient, Phone, Request
from desk_app.domain.statuses import RequestSource


def test_undo_after_a_mail_came_in_takes_back_what_was_done_by_hand(desk: Desk) -> None:
    chart = patients.add(desk, Patient("", "Ortiz", "Marisol")).value
    came = desk.now() - timedelta(hours=1)
    contact = Contact("Asante", "Kwame", phones=(Phone("413 555 0119", "+14135550119"),))
    message = Message(came, "1.eml", "f1", "please call")
    list(import_requests(desk, (IncomingRequest("1.eml", Request(RequestSource.WEB, came, contact=contact), message),)))
    undo.undo(desk)
    assert [line.name for line in desk.queries.requests("open", desk.now())] == ["Asante, Kwame"]
    assert desk.queries.find_patients(chart.mrn, desk.now()) == ()
