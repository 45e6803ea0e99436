"""All SQL: the database, its schema, its history, and the questions put to it.

What was decided: SQLAlchemy Core for lists and imports, the ORM for one record's edit; every
write is a Step with images, committed together; one writer, many readers.  What was refused:
sessions that outlive their ``with`` block, rows that leave this package, triggers, QUndoStack.
"""

from poltwt_console.store.store import Snapshot, Store

__all__ = ["Snapshot", "Store"]
