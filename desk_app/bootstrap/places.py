"""Where things lie on this computer: data, settings and logs of the user, and the program's resources."""

from __future__ import annotations

from pathlib import Path

from desk_app.domain.dataclass import dataclass
from desk_app.resources import resources

__all__ = ["Places", "resources", "user_places"]

DATABASE_NAME = "front-desk.db"
DEMO_NAME = "demo.db"


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of the user; none is made before it is needed."""

    data: Path
    config: Path
    log: Path

    @property
    def database(self) -> Path:
        return self.data / DATABASE_NAME

    @property
    def holidays(self) -> Path:
        """Public holidays looked up before; it can be thrown away."""
        return self.data / "holidays.json"

    @property
    def audit_ends(self) -> Path:
        """Where the audit trails that were seen ended; apart from the data on purpose."""
        return self.log / "audit-ends.json"

    @property
    def demo(self) -> Path:
        """The demo practice is kept apart from real data."""
        return self.data / "demo" / DEMO_NAME


def user_places() -> Places:
    """The folders that the desktop's conventions give this user."""
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("front-desk", appauthor=False)
    return Places(Path(dirs.user_data_dir), Path(dirs.user_config_dir), Path(dirs.user_log_dir))
