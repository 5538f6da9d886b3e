"""The demo's people: many origins, plausible ages, numbers kept for invented people, charts easily mistaken."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from desk_app.domain.likeness import NEAR_MATCH, likeness, person
from desk_app.domain.names import fold_name
from desk_app.domain.records import Patient
from desk_app.domain.visit_parts import AlertKind
from desk_app.interop.phones import parse_phone
from tests.application.demo.conftest import Demo, DemoAt

MASSACHUSETTS = ("508", "617", "774", "781", "978", "413", "339", "351", "857")


@pytest.fixture
def demo(demo_at: DemoAt) -> Demo:
    return demo_at("2026-11-24T10:00")


@pytest.fixture
def patients(demo: Demo) -> list[Patient]:
    return demo.records.patients


def test_there_are_some_hundred_charts_numbered_from_one(patients: list[Patient]) -> None:
    assert 350 <= len(patients) <= 500
    assert [patient.id for patient in patients] == list(range(1, len(patients) + 1))
    assert len({patient.mrn for patient in patients}) == len(patients)
    assert all(len(patient.mrn) == 6 and patient.mrn >= "200001" for patient in patients)


def test_names_are_spelled_as_many_languages_do(patients: list[Patient]) -> None:
    letters = set("".join(patient.name for patient in patients).casefold())
    assert letters >= set("áéíñóãçłśøåđ'-")
    families = {patient.family for patient in patients}
    assert {"Nguyễn", "O'Hearn", "Ibarra-Núñez", "Gonçalves", "al-Khatib", "Jean-Baptiste"} <= families
    assert any(family.endswith((" Jr", " Sr", " II", " III")) for family in families)
    assert len({fold_name(patient.name) for patient in patients}) > 0.95 * len(patients)


def test_phones_are_numbers_kept_for_invented_people(demo: Demo) -> None:
    contacts = [request.contact for request, _ in demo.records.requests]
    phones = [phone for one in (*demo.records.patients, *contacts) for phone in one.phones]
    assert all(1 <= len(patient.phones) <= 3 for patient in demo.records.patients)
    for phone in set(phones):
        assert phone.e164[2:5] in MASSACHUSETTS
        assert phone.e164[5:10] == "55501"
        assert replace(parse_phone(phone.raw, label=phone.label), messages=phone.messages) == phone


def test_mails_go_nowhere(demo: Demo) -> None:
    mails = {patient.email for patient in demo.records.patients if patient.email}
    assert len(mails) > 200
    assert all(mail.isascii() and mail.endswith(("@example.org", "@example.com")) for mail in mails)


def test_whoever_is_augmented_is_old(demo: Demo) -> None:
    born = {patient.id: patient.birth_date for patient in demo.records.patients}
    augmented = [v for v in demo.records.appointments if v.procedure in ("KYPHO", "VERT")]
    ages = [(v.start.date() - born[v.patient_id]).days / 365.25 for v in augmented if born[v.patient_id]]
    assert len(ages) > 150
    assert min(ages) > 59
    assert max(ages) < 96


def test_alerts_of_every_kind_sexes_languages_and_payers_occur(demo: Demo, patients: list[Patient]) -> None:
    assert {alert.kind for patient in patients for alert in patient.alerts} == set(AlertKind)
    assert {"F", "M"} <= {patient.sex for patient in patients}
    assert len({patient.language for patient in patients}) > 10
    assert {patient.payer for patient in patients} == {payer.code for payer in demo.catalogue.payers}
    assert all(bool(patient.member_id) == (patient.payer != "SELF") for patient in patients)


def test_some_are_easily_mistaken_and_one_chart_was_merged(patients: list[Patient]) -> None:
    merged = [patient for patient in patients if patient.merged_into is not None]
    assert len(merged) == 1
    into = patients[(merged[0].merged_into or 0) - 1]
    assert likeness(person(merged[0]), person(into)) >= NEAR_MATCH
    whole = Counter(fold_name(patient.name) for patient in patients if patient.merged_into is None)
    assert whole.most_common(1)[0][1] == 2


def test_a_merged_chart_has_no_visits(demo: Demo, patients: list[Patient]) -> None:
    merged = {patient.id for patient in patients if patient.merged_into is not None}
    assert not merged & {visit.patient_id for visit in demo.records.appointments}
