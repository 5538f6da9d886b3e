"""A patient by three letters anywhere in the name, or by digits, against the bare index and ``LIKE '%x%'``."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tests.benchmarks.big_practice import NOW
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

LETTERS = ("ort", "kow", "ndi", "tiz", "alc", "iay", "ebe", "jim")
"""Beginnings of family names, and letters from the middle of one."""

DIGITS = ("508", "0142", "2001", "508555", "5085550142")
"""An area code, either end of a phone number, the beginning of a chart number, and a number that nobody has."""

LIMIT = 20
COLUMNS = (
    "p.id, p.family, p.given, p.mrn, p.birth_date, p.phones, (SELECT min(a.start_s) FROM appointment a WHERE "
    "a.patient_id = p.id AND a.end_s >= :now AND a.start_s >= :now AND a.active = 1 AND a.void = 0 "
    "AND (a.hold_until_s IS NULL OR a.hold_until_s > :now))"
)
RAW = (
    f"SELECT {COLUMNS} FROM patient_search s JOIN patient p ON p.id = s.rowid "
    "WHERE patient_search MATCH :quoted AND p.void = 0 AND p.merged_into IS NULL LIMIT :most"
)
LIKE = (
    f"SELECT {COLUMNS} FROM patient p WHERE p.folded LIKE :inside AND p.void = 0 AND p.merged_into IS NULL "
    "ORDER BY p.folded LIKE :begun DESC, p.folded, p.id LIMIT :most"
)
BY_NUMBER = (
    f"SELECT {COLUMNS} FROM patient p WHERE p.void = 0 AND p.merged_into IS NULL AND (p.mrn LIKE :begun OR EXISTS "
    "(SELECT 1 FROM patient_phone f WHERE f.patient_id = p.id AND f.digits LIKE :inside)) "
    "ORDER BY p.folded, p.id LIMIT :most"
)
TIMES_RAW, TIMES_FASTER = 3, 20


def measure(setting: Setting) -> Iterator[Figure]:
    desk, connection = setting.desk(), setting.driver()

    def against(sql: str, words: tuple[str, ...] = LETTERS) -> tuple[float, float]:
        """(ours, theirs), the median of all words."""
        found = []
        for letters in words:
            bound = {"quoted": f'"{letters}"', "inside": f"%{letters}%", "begun": f"{letters}%"}
            bound |= {"now": int(NOW.timestamp()), "most": LIMIT}
            ways = interleaved(
                {
                    "theirs": lambda b=bound: connection.execute(sql, b).fetchall(),
                    "ours": lambda w=letters: desk.queries.find_patients(w, NOW, LIMIT),
                },
                rounds=9,
            )
            found.append((ways["ours"], ways["theirs"]))
        return median(ours for ours, _ in found), median(theirs for _, theirs in found)

    what = f"patient search, 3 letters anywhere ({len(LETTERS)} words)"
    yield Figure("9", what, *against(RAW), "raw FTS5 trigram, same columns", at_most=TIMES_RAW)
    yield Figure("9", what, *against(LIKE), "LIKE '%x%'", at_least=TIMES_FASTER)
    what = f"patient search by digits ({len(DIGITS)} numbers)"
    yield Figure("9", what, *against(BY_NUMBER, DIGITS), "LIKE '%x%'", at_least=TIMES_FASTER)
    desk.close()
    connection.close()
