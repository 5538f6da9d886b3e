"""Where the practice is kept: tables, repositories, migrations and the change feed."""

from db.deferred import defer

defer("asyncio", "iscoroutine")
defer("hashlib")
defer("importlib.metadata")
