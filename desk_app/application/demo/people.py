"""The demo's people: names of many origins, plausible ages, reserved phone numbers, alerts and coverage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from desk_app.application.demo.name_pools import ORIGINS, SUFFIXES, Origin
from desk_app.domain.names import fold_name
from desk_app.domain.practice import Catalogue, Payer
from desk_app.domain.records import Patient, Phone
from desk_app.domain.visit_parts import Alert, AlertKind

PEOPLE = 460
FIRST_MRN = 200_001
AREA_CODES = ("508", "617", "774", "781", "978", "413", "339", "351", "857")
PAYER_SHARES = {"BCBSMA": 15, "TUFTS": 14, "OLDCOLONY": 12, "BERKSHIRE": 10, "MEDICARE": 7, "SELF": 2}
USUAL_SHARE = 7
SUFFIXED = frozenset({"English", "Spanish", "Portuguese"})
ELDER = 60
PHONES: tuple[tuple[str, ...], ...] = (
    *(("mobile",),) * 8,
    *(("home",),) * 4,
    *(("home", "mobile"),) * 4,
    *(("mobile", "daughter"),) * 3,
    ("home", "mobile", "son"),
)
ALERTS: tuple[tuple[AlertKind, float, tuple[str, ...]], ...] = (
    (AlertKind.ALLERGY, 0.16, ("penicillin", "contrast dye", "sulfa", "shellfish", "lidocaine", "adhesive tape")),
    (AlertKind.LATEX, 0.03, ("",)),
    (AlertKind.ANTICOAGULANT, 0.15, ("apixaban", "warfarin", "clopidogrel", "rivaroxaban", "aspirin 325")),
    (AlertKind.PACEMAKER, 0.05, ("Medtronic", "ICD", "pacemaker 2019")),
    (AlertKind.MOBILITY, 0.10, ("wheelchair", "walker", "needs two to transfer", "cane")),
)


class People:
    """Makes one person after the other; phone numbers and whole names are never given twice."""

    def __init__(self, catalogue: Catalogue, today: date, chance: Random) -> None:
        self._payers, self._today, self._chance = catalogue.payers, today, chance
        self._shares = [origin.share for origin in ORIGINS]
        self._weights = [PAYER_SHARES.get(payer.code, USUAL_SHARE) for payer in catalogue.payers]
        self._names: set[tuple[str, str]] = set()
        self._numbers = self._free_numbers()

    def chart(self, number: int) -> Patient:
        """A patient with a chart; ``number`` is its id."""
        person = self.somebody()
        payer = self._payer()
        return replace(
            person,
            mrn=str(FIRST_MRN - 1 + number),
            alerts=self._alerts(person),
            payer=payer.code if payer else None,
            member_id=self.member_id(payer),
            id=number,
        )

    def somebody(self) -> Patient:
        """A person without chart number or coverage."""
        chance = self._chance
        origin = chance.choices(ORIGINS, self._shares)[0]
        sex = "F" if chance.random() < 0.58 else "M"
        family, given = self._name(origin, sex)
        return Patient(
            mrn="",
            family=family,
            given=given,
            birth_date=self._birth_date(),
            sex="X" if chance.random() < 0.01 else sex,
            language=origin.language if chance.random() < 0.5 else "English",
            email=self._mail(family, given),
            phones=self._phones(),
        )

    def member_id(self, payer: Payer | None) -> str:
        """Letters and digits as cards have them; nobody who pays alone has one."""
        if payer is None or payer.code == "SELF":
            return ""
        chance = self._chance
        if payer.code == "MEDICARE":
            letters = "ACDEFGHJKMNPQRTUVWXY"
            pick = chance.choice
            return f"{chance.randrange(1, 10)}{pick(letters)}{pick(letters)}{chance.randrange(10)}-{pick(letters)}" + (
                f"{pick(letters)}{chance.randrange(10)}-{pick(letters)}{pick(letters)}{chance.randrange(10, 100)}"
            )
        return f"{payer.code[:3]}{chance.randrange(10**8, 10**9)}"

    def phone(self, label: str = "") -> Phone:
        number = next(self._numbers)
        return Phone(f"({number[:3]}) {number[3:6]}-{number[6:]}", f"+1{number}", label=label)

    def _name(self, origin: Origin, sex: str) -> tuple[str, str]:
        chance = self._chance
        while True:
            family = chance.choice(origin.families).split("/")[-1 if sex == "F" else 0]
            given = chance.choice(origin.women if sex == "F" else origin.men)
            if chance.random() < 0.2 and " " not in given and "-" not in given:
                given = f"{given} {chance.choice('ABCDEFGHJKLMPRSTW')}."
            if sex == "M" and origin.language in SUFFIXED and chance.random() < 0.09:
                family = f"{family} {chance.choice(SUFFIXES)}"
            if (family, given) not in self._names:
                self._names.add((family, given))
                return family, given

    def _birth_date(self) -> date:
        """Most are old: vertebrae break late."""
        chance = self._chance
        years = chance.triangular(60, 93, 76) if chance.random() < 0.62 else chance.triangular(24, 66, 52)
        return self._today - timedelta(days=int(years * 365.25) + chance.randrange(365))

    def _mail(self, family: str, given: str) -> str:
        if self._chance.random() < 0.35:
            return ""
        words = fold_name(f"{given} {family}").split()
        host = self._chance.choice(("example.org", "example.com"))
        return f"{words[0]}.{words[-1]}{self._chance.randrange(30, 99)}@{host}"

    def _phones(self) -> tuple[Phone, ...]:
        labels: tuple[str, ...] = self._chance.choice(
            (("mobile",), ("mobile",), ("home",), ("home", "mobile"), ("mobile", "daughter"))
        )
        return tuple(self.phone(label) for label in labels)

    def _alerts(self, person: Patient) -> tuple[Alert, ...]:
        found = [
            Alert(kind, self._chance.choice(details))
            for kind, share, details in ALERTS
            if self._chance.random() < share
        ]
        if person.language != "English" and self._chance.random() < 0.7:
            found.append(Alert(AlertKind.INTERPRETER, person.language))
        return tuple(found)

    def _payer(self) -> Payer | None:
        return self._chance.choices(self._payers, self._weights)[0] if self._payers else None

    def _free_numbers(self) -> Iterator[str]:
        """The numbers kept for invented people: 555-0100 to 555-0199 in every area code, each once, then again."""
        numbers = [f"{area}55501{line:02d}" for area in AREA_CODES for line in range(100)]
        while True:
            self._chance.shuffle(numbers)
            yield from numbers


def age_on(patient: Patient, day: date) -> int:
    born = patient.birth_date
    return 0 if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def charts(people: People) -> list[Patient]:
    """Every chart, with a few that are easily mistaken for one another, and one merged into another."""
    made = [people.chart(number) for number in range(1, PEOPLE + 1)]
    return made + _look_alikes(people, made)


def _look_alikes(people: People, made: list[Patient]) -> list[Patient]:
    """The same name with another birth date, a name that sounds alike, and a chart that was made twice."""
    first, second, third, fourth = made[7], made[40], made[77], made[111]
    born = second.birth_date
    extra = [
        replace(people.chart(PEOPLE + 1), family=first.family, given=first.given, sex=first.sex, email=""),
        replace(
            people.chart(PEOPLE + 2),
            family=second.family.replace("'", "").replace("-", " "),
            given=second.given,
            sex=second.sex,
            email="",
            birth_date=born.replace(day=min(28, born.day % 28 + 1)) if born else None,
        ),
        replace(people.chart(PEOPLE + 3), family=third.family, given=third.given[:1] + ".", sex=third.sex, email=""),
    ]
    twice = replace(
        fourth,
        mrn=str(FIRST_MRN + PEOPLE + 3),
        id=PEOPLE + 4,
        phones=fourth.phones[:1],
        email="",
        note="Made twice; merged.",
        merged_into=fourth.id,
    )
    return [*extra, twice]
