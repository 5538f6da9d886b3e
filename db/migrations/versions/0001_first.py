"""The first schema: the whole domain, with what the database itself refuses.

The statements lie beside this file as plain SQL, one file a database, and never change once released.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    connection = op.get_bind()
    text = (SQL / f"{revision}_{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in text.split("\n-- next\n"):
        connection.exec_driver_sql(statement.strip().replace("%", "%%") if "%" in statement else statement.strip())


def downgrade() -> None:
    raise NotImplementedError("a newer file is never turned back; restore the copy that was made before")
