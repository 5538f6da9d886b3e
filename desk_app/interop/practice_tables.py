"""The tables of a practice file into the catalogue's values, checked against one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk_app.application.use_cases.practice import FileVisit
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import (
    EVERY_RESOURCE,
    Blockout,
    BlockoutKind,
    BusinessHours,
    Catalogue,
    Need,
    Payer,
    Phase,
    PhaseKind,
    ProcedureType,
    Resource,
    ResourceKind,
    Sedation,
    Session,
    Settings,
    Stay,
)
from desk_app.domain.slots import validate_rrule
from desk_app.domain.zone import to_utc
from desk_app.interop.holiday_calendar import LibraryHolidays
from desk_app.interop.phones import is_region
from desk_app.interop.rule_tables import (
    bed_rule,
    call_rule,
    coverage_rule,
    flow_limit,
    letter_template,
    readiness_gate,
    recovery_rule,
)
from desk_app.interop.toml_lines import TomlLines
from desk_app.interop.toml_reader import Table

TABLES = (
    "practice", "resource", "session", "blockout", "procedure", "appointment", "business_hours", "payer",
    "coverage_rule", "readiness_gate", "call_rule", "flow_limit", "recovery_rule", "bed_rule", "letter_template",
)  # fmt: skip
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class PracticeTables:
    """One file's tables; every method refuses what does not fit."""

    def __init__(self, tables: Mapping[str, Any], lines: TomlLines, file: str) -> None:
        self._tables, self._lines, self._file = tables, lines, file
        self._phases = 0
        self._zone = ZoneInfo("UTC")

    def catalogue(self) -> Catalogue:
        for name in self._tables:
            if name not in TABLES:
                known = "no such table; known: " + ", ".join(TABLES)
                line = max(self._lines.table(name), self._lines.key("", 0, name))
                raise WrongInput("practice_file", file=self._file, line=line, key=name, expected=known)
        settings = self._settings()
        resources = tuple(self._resource(table) for table in self._each("resource"))
        self._unique("resource", [resource.code for resource in resources])
        codes = {resource.code for resource in resources}
        procedures = tuple(self._procedure(table, settings) for table in self._each("procedure"))
        self._unique("procedure", [procedure.code for procedure in procedures])
        done = {procedure.code for procedure in procedures}
        payers = tuple(self._payer(table) for table in self._each("payer"))
        self._unique("payer", [payer.code for payer in payers])
        covered = {payer.code for payer in payers}
        coverage = tuple(coverage_rule(table, done, covered) for table in self._each("coverage_rule"))
        self._unique("coverage_rule", [rule.code for rule in coverage])
        gates = tuple(readiness_gate(table, done) for table in self._each("readiness_gate"))
        self._unique("readiness_gate", [gate.code for gate in gates])
        calls = tuple(call_rule(table) for table in self._each("call_rule"))
        self._unique("call_rule", [rule.code for rule in calls])
        limits = tuple(flow_limit(table) for table in self._each("flow_limit"))
        self._unique("flow_limit", [limit.code for limit in limits])
        rests = tuple(recovery_rule(table) for table in self._each("recovery_rule"))
        self._unique("recovery_rule", [rule.code for rule in rests])
        sharing = tuple(bed_rule(table) for table in self._each("bed_rule"))
        self._unique("bed_rule", [rule.code for rule in sharing])
        said = [word for procedure in procedures for word in (procedure.code, procedure.name)]
        letters = tuple(letter_template(table, said) for table in self._each("letter_template"))
        self._unique("letter_template", [letter.key for letter in letters])
        return Catalogue(
            settings,
            resources,
            tuple(self._session(table, codes, done) for table in self._each("session")),
            tuple(self._blockout(table, codes) for table in self._each("blockout")),
            procedures,
            tuple(self._hours(table) for table in self._each("business_hours")),
            payers,
            coverage,
            gates,
            calls,
            limits,
            rests,
            sharing,
            letters,
        )

    def visits(self, catalogue: Catalogue) -> tuple[FileVisit, ...]:
        """The ``[[appointment]]`` entries; their resources must exist and serve the labels of the procedure."""
        return tuple(self._visit(table, catalogue) for table in self._each("appointment"))

    def _settings(self) -> Settings:
        if not isinstance(self._tables.get("practice"), dict):
            raise WrongInput("practice_file", file=self._file, line=1, key="practice", expected="a table [practice]")
        table = Table(self._tables["practice"], self._lines, self._file, "practice", 0)
        zone = table.text("time_zone")
        try:
            self._zone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            table.wrong("time_zone", 'a time zone such as "America/New_York"')
        cell = table.whole("cell_minutes", 5, 1, 60)
        if 60 % cell:
            table.wrong("cell_minutes", "a divisor of 60")
        holidays = table.text("holidays", None) if table.has("holidays") else None
        _check_regions(table, holidays, table.text("phone_region", "US"))
        settings = Settings(
            table.text("name"),
            zone,
            cell,
            table.share("overflow_risk", 0.05),
            table.whole("stay_limit_hours", 23, 1, 240),
            holidays,
            table.text("phone_region", "US"),
            table.text("phone", ""),
            table.text("address", ""),
            table.text("npi", ""),
        )
        table.finish()
        return settings

    def _resource(self, table: Table) -> Resource:
        value = Resource(
            table.code("code"),
            ResourceKind(table.one_of("kind", [kind.value for kind in ResourceKind])),
            table.text("name"),
            table.texts("capabilities"),
            table.whole("turnover_minutes", 0, 0, 1440),
            table.text("ward_room", ""),
        )
        if value.code == EVERY_RESOURCE:
            table.wrong("code", "a code other than *")
        table.finish()
        return value

    def _session(self, table: Table, resources: set[str], procedures: set[str]) -> Session:
        code = self._known(table, "resource", resources)
        rrule = table.text("rrule")
        try:
            validate_rrule(rrule)
        except WrongInput:
            table.wrong("rrule", 'a rule for days such as "FREQ=WEEKLY;BYDAY=MO,WE"')
        reserved = table.texts("reserved_for")
        for name in reserved:
            if name not in procedures:
                table.wrong("reserved_for", f"codes of procedures; there is no {name}")
        release = table.whole("release_days", 0, 0, 3650) if table.has("release_days") else None
        value = Session(
            code,
            rrule,
            table.day("first_day"),
            table.clock("start"),
            table.clock("end"),
            reserved,
            release,
            table.days("released"),
        )
        table.finish()
        return value

    def _blockout(self, table: Table, resources: set[str]) -> Blockout:
        code = self._known(table, "resource", resources | {EVERY_RESOURCE})
        start, end = to_utc(table.moment("start"), self._zone), to_utc(table.moment("end"), self._zone)
        if end <= start:
            table.wrong("end", "a time after the start")
        kind = BlockoutKind(table.one_of("type", [kind.value for kind in BlockoutKind], "other"))
        value = Blockout(code, start, end, table.text("reason", ""), kind, table.text("series", ""))
        table.finish()
        return value

    def _procedure(self, table: Table, settings: Settings) -> ProcedureType:
        code = table.code("code")
        overnight = Stay(table.one_of("overnight", [stay.value for stay in Stay], "never"))
        value = ProcedureType(
            code,
            table.text("name"),
            tuple(self._phase(phase, settings) for phase in self._sub(table, "procedure.phase", "phase")),
            table.texts("cpt"),
            table.texts("cpt_extra_level"),
            table.whole("max_levels", 1, 1, 30),
            Sedation(table.one_of("sedation", [depth.value for depth in Sedation], "none")),
            table.flag("needs_authorization", False),
            table.share("unplanned_stay", 0.0),
            overnight,
            table.wholes("follow_up_days"),
        )
        if not value.phases:
            table.wrong("phase", "at least one [[procedure.phase]]")
        if overnight is Stay.PLANNED and not value.has_overnight_phase():
            table.wrong("overnight", "an overnight phase for a planned stay")
        table.finish()
        return value

    def _phase(self, table: Table, settings: Settings) -> Phase:
        kind = PhaseKind(table.one_of("kind", [kind.value for kind in PhaseKind]))
        overnight = kind is PhaseKind.OVERNIGHT
        minutes = 0 if overnight else table.whole("minutes", high=100_000)
        until = table.clock("until") if overnight else None
        more = 0 if overnight else table.whole("minutes_per_extra_level", 0)
        for key, number in (("minutes", minutes), ("minutes_per_extra_level", more)):
            if number % settings.cell_minutes:
                table.wrong(key, f"a multiple of {settings.cell_minutes} minutes")
        needs = tuple(self._need(table, label, text) for label, text in table.pairs("needs").items())
        value = Phase(kind, needs, minutes, more, until, table.flag("beside", False))
        table.finish()
        return value

    def _need(self, table: Table, label: str, text: str) -> Need:
        kind, _, capabilities = text.partition(":")
        if kind.strip() not in {known.value for known in ResourceKind}:
            table.wrong("needs", f"kind or kind:capability,capability; “{kind}” is no kind of resource")
        asked = tuple(part.strip() for part in capabilities.split(",") if part.strip())
        return Need(label, ResourceKind(kind.strip()), asked)

    def _hours(self, table: Table) -> BusinessHours:
        weekday = WEEKDAYS.index(table.one_of("weekday", WEEKDAYS))
        value = BusinessHours(weekday, table.clock("start"), table.clock("end"))
        if value.end <= value.start:
            table.wrong("end", "a time after the start")
        table.finish()
        return value

    def _payer(self, table: Table) -> Payer:
        value = Payer(
            table.code("code"),
            table.text("name"),
            table.text("short_name", ""),
            table.text("phone", ""),
            table.texts("aliases"),
            table.whole("urgent_hours", 72, 1, 8760),
            table.whole("standard_days", 7, 1, 365),
            table.flag("needs_authorization") if table.has("needs_authorization") else None,
            table.text("phone_option", ""),
            table.clock("opens") if table.has("opens") else None,
            table.clock("closes") if table.has("closes") else None,
        )
        if value.opens is not None and value.closes is not None and value.closes <= value.opens:
            table.wrong("closes", "a time after the opening")
        table.finish()
        return value

    def _visit(self, table: Table, catalogue: Catalogue) -> FileVisit:
        code = self._known(table, "procedure", {procedure.code for procedure in catalogue.procedures})
        procedure = catalogue.procedure(code)
        levels = table.whole("levels", 1, 1, procedure.max_levels)
        start: datetime = to_utc(table.moment("start"), self._zone)
        resources = table.pairs("resources")
        labels = {need.label for phase in procedure.phases for need in phase.needs}
        known = {resource.code for resource in catalogue.resources}
        for label, name in resources.items():
            if label not in labels or name not in known:
                table.wrong("resources", f"labels of {code} and codes of resources; {label} = {name} is not")
        value = FileVisit(
            code, start, tuple(resources.items()), levels, table.text("patient", ""), table.where("procedure")
        )
        table.finish()
        return value

    def _known(self, table: Table, key: str, codes: set[str]) -> str:
        value = table.text(key)
        if value not in codes:
            table.wrong(key, f"a code that is there; “{value}” is not")
        return value

    def _unique(self, name: str, codes: Sequence[str]) -> None:
        there: set[str] = set()
        for place, code in enumerate(codes):
            if code in there:
                table = Table({}, self._lines, self._file, name, place)
                table.wrong("code", f"a code of its own; {code} stands here twice")
            there.add(code)

    def _each(self, name: str) -> Iterator[Table]:
        entries = self._tables.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            line = self._lines.table(name)
            raise WrongInput("practice_file", file=self._file, line=line, key=name, expected=f"[[{name}]]")
        for place, entry in enumerate(entries):
            yield Table(entry, self._lines, self._file, name, place)

    def _sub(self, table: Table, name: str, key: str) -> Iterator[Table]:
        """Sub-tables are counted through the whole file, as their headings stand in it."""
        for entry in table.tables(key):
            yield Table(entry, self._lines, self._file, name, self._phases)
            self._phases += 1


def _check_regions(table: Table, holidays: str | None, phones: str) -> None:
    """A region that the libraries do not know would only be found out when the first call is to be planned."""
    if holidays is not None:
        try:
            LibraryHolidays().holidays(holidays or "-", date(2026, 1, 1), date(2026, 1, 1))
        except WrongInput:
            table.wrong("holidays", 'a country, or a country and its part, such as "US-MA"')
    if table.has("phone_region") and not is_region(phones):
        table.wrong("phone_region", 'the two letters of a country such as "US"')
