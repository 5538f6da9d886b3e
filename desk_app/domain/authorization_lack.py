"""What an approval is not good for: a word of its own, since every line of a day can carry one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Lack(NamedTuple):
    """``code`` is that of its sentence."""

    code: str
    params: Mapping[str, object]
