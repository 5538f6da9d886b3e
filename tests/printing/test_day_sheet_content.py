"""What a day sheet says: figures, headings, notes, what to see to first."""

from __future__ import annotations

from datetime import date, timedelta

from desk_app.application.schedule_view import DayView, Shade
from desk_app.domain.practice import Sedation
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.domain.zone import day_span, midnight
from desk_app.printing.content.facts import DayFacts, recovery_peak
from desk_app.printing.content.sheet import SheetContent
from tests.helpers.small_practice import ZONE, at
from tests.printing.days import DAY, PRACTICE, alerts, facts, full_day, line, sheet, texts


def notices(content: SheetContent) -> list[str]:
    return [f"{notice.who}: {notice.what}" if notice.who else notice.what for notice in content.notices]


def with_hours(day: DayFacts, room: str, *shades: tuple[int, int, str, str]) -> DayFacts:
    """The day with a room shaded, in minutes after midnight."""
    from dataclasses import replace

    start = midnight(DAY, ZONE)
    pieces = tuple(
        Shade(start + timedelta(minutes=a), start + timedelta(minutes=b), code, text) for a, b, code, text in shades
    )
    return replace(day, view=DayView(day.view.plan, PRACTICE, {room: pieces}))


def test_the_head_counts_visits_the_peak_in_recovery_and_the_night() -> None:
    content = sheet(facts([line(1, 480), line(2, 500), line(3, 700)]))
    assert content.title == "Monday 23 November 2026"
    assert content.subtitle == "Day sheet by room · Bay State Pain"
    assert content.facts == (
        "3 visits · recovery peak 2 of 2 bays at 09:00",
        "tonight: 1 planned, 2 kept, 4 staffed",
    )
    assert content.changes_told == ""


def test_a_bay_given_back_at_the_minute_it_is_taken_is_one_bay() -> None:
    first, second = facts([line(1, 480), line(2, 540)]).visits
    assert recovery_peak((first, second)) == (1, at("2026-11-23T08:40"))


def test_a_row_says_time_name_procedure_arm_bay_escort_and_authorization() -> None:
    said = texts(sheet(facts([line(1, 480, family="Ortiz", mrn="204 118")])))
    assert said == [
        "08:10",
        "08:00–09:40",
        "ORTIZ, Marisol",
        "12 Mar 1951 · MRN 204 118",
        "Kyphoplasty T12\u00a0L1",
        "moderate",
        "C-arm A",
        "Bay 2",
        "08:40–09:40",
        "Luis O. 555-0187",
        "auth. approved",
    ]


def test_a_row_names_all_that_is_done_in_one_sitting() -> None:
    further = '[["JOINT","Large joint injection",1,"","R"]]'
    said = texts(sheet(facts([line(1, 480, further_text=further)])))
    assert "Kyphoplasty T12\u00a0L1 + Large joint injection R" in said


def test_notes_hold_alerts_the_hold_the_night_overrides_and_the_desks_own_words() -> None:
    lines = [
        line(
            1,
            bed="N1",
            status="held",
            hold_until=at("2026-11-23T10:45"),
            note="daughter calls.",
            override_reason="by phone",
            alerts_text=alerts(
                Alert(AlertKind.INTERPRETER, "Spanish"), Alert(AlertKind.LATEX), Alert(AlertKind.ALLERGY, "penicillin")
            ),
        )
    ]
    (row,) = sheet(facts(lines)).sections[0].rows
    assert row.cells[-1][0].text == (
        "LATEX ALLERGY; ALLERGY: penicillin; held, lapses Mon 23 Nov 10:45; stays tonight, Bed 1; Spanish interpreter; "
        "OVERRIDE: by phone; daughter calls"
    )


def test_what_to_see_to_first_names_who_and_what() -> None:
    lines = [
        line(1, family="Abernathy", escort=""),
        line(2, family="Eriksen", status="booked"),
        line(3, family="Diaz", status="held", hold_until=at("2026-11-23T10:45"), escort=""),
        line(4, family="Ortiz", alerts_text=alerts(Alert(AlertKind.LATEX))),
        line(5, family="Okoro", authorization="pended"),
        line(6, family="Roth", authorized_to=date(2026, 11, 20)),
        line(7, family="Quiet", escort="", sedation=Sedation.NONE.value),
        line(
            8,
            family="Boss",
            authorization="denied",
            override_reason="physician insists",
            override_codes='["authorization"]',
        ),
    ]
    assert notices(sheet(facts(lines))) == [
        "Abernathy: no escort",
        "Eriksen: not confirmed",
        "Diaz: held until Mon 23 Nov 10:45",
        "Ortiz: latex-free room set",
        "Okoro: no authorization",
        "Roth: no authorization",
    ]


def test_a_warning_that_many_share_is_counted() -> None:
    content = sheet(facts([line(n, 480 + n, status="booked") for n in range(1, 10)]))
    assert notices(content) == ["not confirmed: 9 visits"]


def test_two_of_one_surname_are_told_apart_by_their_time() -> None:
    lines = [line(1, 480, family="Ortíz", escort=""), line(2, 600, family="Ortiz", escort="")]
    assert notices(sheet(facts(lines))) == ["Ortíz 08:10: no escort", "Ortiz 10:10: no escort"]


def test_a_room_tells_its_hours_what_it_is_kept_for_and_when_it_is_closed() -> None:
    day = with_hours(
        facts([line(1)]),
        "R1",
        (0, 450, "closed", "opens 07:30"),
        (450, 600, "reserved", "kept for Kyphoplasty, opens Mon 30 Nov"),
        (690, 765, "blocked", "blocked: ultrasound service"),
        (960, 1440, "closed", "closed"),
    )
    section = sheet(day).sections[0]
    assert section.name == "Room 1"
    assert section.people == "Dr. Algendy"
    assert section.aside == (
        "07:30 to 16:00; kept for Kyphoplasty, opens Mon 30 Nov; closed 11:30 to 12:45 (ultrasound service), "
        "C-arm A · 1 visit"
    )


def test_an_open_room_without_visits_is_not_forgotten_and_a_closed_one_left_out() -> None:
    day = with_hours(facts([line(1)]), "R3", (0, 1440, "closed", "closed"))
    sections = {section.name: section for section in sheet(day).sections}
    assert list(sections) == ["Room 1", "Room 2"]
    assert sections["Room 2"].aside.endswith("no visits")


def test_rows_name_the_physician_only_where_a_room_has_two() -> None:
    assert "moderate" in texts(sheet(facts([line(1), line(2, 600)])))
    mixed = [line(1), line(2, 600, phases_text=line(2, 600, "R2").phases_text.replace('"R2"', '"R1"'))]
    content = sheet(facts(mixed))
    assert content.sections[0].people == "Dr. Algendy, Dr. Osei"
    assert "moderate · Dr. Osei" in texts(content)


def test_by_clinician_lists_each_visit_under_everybody_who_is_in_it_with_its_room() -> None:
    content = sheet(facts([line(1, 480, "R1"), line(2, 500, "R2")]), kind="clinicians")
    assert content.subtitle == "Day sheet by clinician · Bay State Pain"
    assert [(section.name, len(section.rows)) for section in content.sections] == [("Dr. Algendy", 1), ("Dr. Osei", 1)]
    assert "Room 2" in texts(content)


def test_a_visit_that_needs_no_room_has_a_place_all_the_same() -> None:
    content = sheet(facts([line(1, phases_text=line(1).phases_text.replace('["room","R1"]', '["bay","B1"]'))]))
    assert [section.name for section in content.sections if section.rows] == ["Without a room"]


def test_an_empty_day_says_so_and_a_closed_one_says_that() -> None:
    empty = sheet(facts())
    assert (empty.empty, empty.sections) == ("No visits on this day.", ())
    start, end = day_span(DAY, ZONE)
    shut = {room: (Shade(start, end, "closed", "closed"),) for room in ("R1", "R2", "R3")}
    from dataclasses import replace

    day = facts()
    closed = sheet(replace(day, view=DayView(day.view.plan, PRACTICE, shut)))
    assert closed.empty == "The practice is closed on this day, and no visits are booked."


def test_the_title_of_the_file_names_no_patient() -> None:
    content = sheet(facts(full_day(30)))
    assert content.file_title == "Day sheet by room 2026-11-23"
