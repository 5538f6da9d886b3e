"""Where the practice is kept: tables, repositories, migrations and the change feed."""
