"""Brings a safe SQLite along.

SQLite before 3.51.3 can corrupt a WAL database that several connections write and checkpoint at once, and the
one that Debian 12 and Python 3.11 carry is older. The wheel `pysqlite3` bundles a newer one; it takes the place
of the standard module before Django loads.
"""

import sqlite3
import sys

SAFE_FOR_SEVERAL_PROCESSES = (3, 51, 3)


def why_not_several_processes(vendor: str) -> str:
    """Why a server and a worker may not write this database at once; empty when they may."""
    import sqlite3 as carried  # by now the newer of the two

    if vendor != "sqlite" or carried.sqlite_version_info >= SAFE_FOR_SEVERAL_PROCESSES:
        return ""
    return (
        f"SQLite {carried.sqlite_version} can corrupt what several processes write. Install the package pysqlite3, or "
        "use PostgreSQL by DATABASE_URL."
    )


def bring_along() -> None:
    """Put the bundled SQLite where `import sqlite3` finds it, when it is newer."""
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:  # a platform without a wheel keeps its own; `throughcare check` judges the version
        return
    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
