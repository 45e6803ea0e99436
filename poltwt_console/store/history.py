"""Steps: what the organiser did, with an image of every row before and after.

A :class:`Writer` is the only way to change a row.  It keeps the images and writes them as one
Step in the same transaction, so that there is no change without its history.  Undoing writes an
inverse Step; what was undone stays in the history and can be applied again if nothing
contradicts it.  A row that was changed since is never overwritten: the conflict is shown.

An image is a dict of JSON values without ``row_version``: the version goes up with every change,
an undo included, so equality of content is what says "unchanged since".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.domain.folding import storable
from poltwt_console.errors import ConflictError
from poltwt_console.store.bulk import insert_rows
from poltwt_console.store.columns import CleanText, UtcTime, new_id
from poltwt_console.store.tables import HISTORIC, metadata, step, step_row

Image = dict[str, Any]
Item = TypeVar("Item")
_HISTORIC = frozenset(table.name for table in HISTORIC)
_MOMENTS = {t.name: frozenset(c.name for c in t.c if isinstance(c.type, UtcTime)) for t in HISTORIC}
_DAYS = {
    t.name: frozenset(c.name for c in t.c if c.type.python_type is date and c.name not in _MOMENTS[t.name])
    for t in HISTORIC
}
_TEXTS = {t.name: frozenset(c.name for c in t.c if isinstance(c.type, CleanText)) for t in HISTORIC}
_EMPTY = {t.name: {c.name: None for c in t.c if c.name != "row_version"} for t in HISTORIC}
UNDO, REDO = "undo", "redo"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the organiser did."""

    id: str
    number: int
    label: str
    verb: str
    author: str
    made_at: datetime
    target_id: str | None
    undone: bool
    went_out: bool


def image(table: Table, row: Mapping[str, Any]) -> Image:
    """The row as JSON values, without its version."""
    values = {**_EMPTY[table.name], **row}
    values.pop("row_version", None)
    for name in _MOMENTS[table.name] | _DAYS[table.name]:
        if values[name] is not None:
            values[name] = values[name].isoformat()
    for name in _TEXTS[table.name]:
        if values[name]:
            values[name] = storable(values[name])
    return values


def _row(table: Table, kept: Image) -> dict[str, Any]:
    values = dict(kept)
    for name in _MOMENTS[table.name]:
        if values[name] is not None:
            values[name] = datetime.fromisoformat(values[name])
    for name in _DAYS[table.name]:
        if values[name] is not None:
            values[name] = date.fromisoformat(values[name])
    return values


class Writer:
    """Changes rows and remembers how they were; made by ``Store.write`` only."""

    def __init__(self, connection: Connection, now: datetime, author: str) -> None:
        self.connection = connection
        self.now = now
        self.author = author
        self.label = ""
        self._images: dict[tuple[str, str], tuple[Image | None, Image | None]] = {}

    # -- reading inside the transaction

    def get(self, table: Table, row_id: str) -> dict[str, Any]:
        """The row as a dict; KeyError if it is not there."""
        row = self.connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
        if row is None:
            raise KeyError(f"{table.name} {row_id}")
        return dict(row)

    # -- changing

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Add rows (an ``id`` is made where none is given); returns their ids."""
        if not rows:
            return []
        full = [{**row, "id": row.get("id") or new_id()} for row in rows]
        insert_rows(self.connection, table, full)
        for row in full:
            self._remember(table, row["id"], None, image(table, row))
        return [row["id"] for row in full]

    def update(self, table: Table, row_id: str, values: Mapping[str, Any]) -> bool:
        """Set values of one row; False, and nothing is written, where they are so already."""
        before = self.get(table, row_id)
        changed = {k: v for k, v in values.items() if before[k] != v}
        if not changed:
            return False
        self.connection.execute(
            update(table).where(table.c.id == row_id).values(**changed, row_version=table.c.row_version + 1)
        )
        self._remember(table, row_id, image(table, before), image(table, {**before, **changed}))
        return True

    def update_rows(self, table: Table, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Set values of many rows, by id, all of the same columns; rows that are not there are left out."""
        if not values:
            return
        names = tuple(next(iter(values.values())))
        rows: list[dict[str, Any]] = []
        for some in slices(list(values)):
            found = self.connection.execute(select(table).where(table.c.id.in_(some))).mappings()
            rows.extend(dict(row) for row in found)
        if not rows:
            return
        change = update(table).where(table.c.id == bindparam("of_id"))
        self.connection.execute(
            change.values(
                **{name: bindparam(f"new_{name}") for name in names}, row_version=table.c.row_version + 1
            ),
            [{"of_id": r["id"], **{f"new_{name}": values[r["id"]][name] for name in names}} for r in rows],
        )
        for row in rows:
            after = image(table, {**row, **values[row["id"]]})
            self._remember(table, row["id"], image(table, row), after)

    def edit(
        self, table: Table, row_id: str, values: Mapping[str, Any], seen_version: int | None = None
    ) -> bool:
        """Edit one record through the ORM; ConflictError if it is not at ``seen_version`` any more."""
        from poltwt_console.store.records import RECORDS

        before = self.get(table, row_id)
        if seen_version is not None and before["row_version"] != seen_version:
            raise ConflictError(
                "This record was changed elsewhere since you opened it.",
                "It is shown again as it is now; nothing was overwritten.",
            )
        with Session(self.connection, join_transaction_mode="rollback_only") as session:
            record = session.get_one(RECORDS[table.name], row_id)
            for name, value in values.items():
                if getattr(record, name) != value:
                    setattr(record, name, value)
            changed = session.is_modified(record)
            try:
                session.flush()
            except StaleDataError as error:  # pragma: no cover - one writer at a time rules it out
                raise ConflictError(
                    "This record was changed elsewhere.", "Nothing was overwritten."
                ) from error
        if changed:
            self._remember(table, row_id, image(table, before), image(table, self.get(table, row_id)))
        return changed

    def delete(self, table: Table, row_ids: Iterable[str]) -> None:
        """Take rows away; their images stay in the history."""
        self.put(table, dict.fromkeys(row_ids))

    def put(self, table: Table, images: Mapping[str, Image | None]) -> None:
        """Make rows be as their images say: changed, added, or (None) taken away."""
        there = self.images(table, list(images))
        gone = [row_id for row_id, kept in images.items() if kept is None and row_id in there]
        new = [
            _row(table, kept) for row_id, kept in images.items() if kept is not None and row_id not in there
        ]
        old = [
            {f"new_{name}": value for name, value in _row(table, kept).items()}
            for row_id, kept in images.items()
            if kept is not None and row_id in there
        ]
        for some in slices(gone):
            self.connection.execute(delete(table).where(table.c.id.in_(some)))
        insert_rows(self.connection, table, new)
        if old:
            values: dict[str, Any] = {
                name: bindparam(f"new_{name}") for name in _EMPTY[table.name] if name != "id"
            }
            change = update(table).where(table.c.id == bindparam("new_id"))
            self.connection.execute(change.values(**values, row_version=table.c.row_version + 1), old)
        for row_id, kept in images.items():
            self._remember(table, row_id, there.get(row_id), kept)

    def images(self, table: Table, row_ids: Sequence[str]) -> dict[str, Image]:
        """The rows as they are now, by id; those that are not there are left out."""
        return images_now(self.connection, table, row_ids)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Part of a Step that may fail alone: on an exception its changes are taken back, and it goes on."""
        kept = dict(self._images)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            self._images = kept
            raise

    def _remember(self, table: Table, row_id: str, before: Image | None, after: Image | None) -> None:
        assert table.name in _HISTORIC
        key = (table.name, row_id)
        if key in self._images:
            before = self._images[key][0]
        self._images[key] = (before, after)

    # -- the Step

    def touched(self) -> dict[str, tuple[str, ...]]:
        """The ids of the rows that differ now, by table."""
        ids: dict[str, list[str]] = {}
        for (table, row_id), (before, after) in self._images.items():
            if before != after:
                ids.setdefault(table, []).append(row_id)
        return {table: tuple(rows) for table, rows in ids.items()}

    def save(
        self, label: str, verb: str, *, target_id: str | None, went_out: bool, continues: str | None
    ) -> str | None:
        """Write the Step with its images; None, and nothing, where no row differs."""
        changes = [(key, pair) for key, pair in self._images.items() if pair[0] != pair[1]]
        if continues is not None and self._may_continue(continues, changes):
            self._append(continues, label, changes)
            return continues
        if not changes and not went_out:
            return None
        step_id = new_id()
        number = self.connection.execute(select(func.coalesce(func.max(step.c.number), 0))).scalar_one() + 1
        self.connection.execute(
            insert(step).values(
                id=step_id,
                number=number,
                label=label,
                verb=verb,
                author=self.author,
                made_at=self.now,
                target_id=target_id,
                undone=False,
                went_out=went_out,
            )
        )
        self._write_rows(step_id, 0, changes)
        return step_id

    def _may_continue(self, step_id: str, changes: list[Any]) -> bool:
        """Whether these changes may join a Step made before: not if a newer one touched the same rows.

        They would then be undone in the wrong order; a new Step takes them.  ConflictError if the
        Step was undone meanwhile: what began it is gone.
        """
        found = self.connection.execute(
            select(step.c.number, step.c.undone).where(step.c.id == step_id)
        ).one()
        if found.undone:
            raise ConflictError(
                "What this run began was undone meanwhile, so it stopped.",
                "What was done before that is undone too.",
            )
        touched = [row_id for (_, row_id), (before, _) in changes if before is not None]
        for some in slices(touched):
            newer = (
                select(step_row.c.row_id)
                .join(step, step_row.c.step_id == step.c.id)
                .where(step_row.c.row_id.in_(some), step.c.number > found.number)
                .limit(1)
            )
            if self.connection.execute(newer).first():
                return False
        return True

    def _append(self, step_id: str, label: str, changes: list[Any]) -> None:
        """Go on with a Step that commits in pieces; a row of an earlier piece keeps its first image."""
        known = self._positions(step_id, [key for key, (before, _) in changes if before is not None])
        if known:
            self.connection.execute(
                update(step_row)
                .where(step_row.c.step_id == step_id, step_row.c.position == bindparam("at"))
                .values(after=bindparam("image")),
                [{"at": known[key], "image": after} for key, (_, after) in changes if key in known],
            )
        rest = [change for change in changes if change[0] not in known]
        self.connection.execute(update(step).where(step.c.id == step_id).values(label=label))
        last = select(func.coalesce(func.max(step_row.c.position), -1)).where(step_row.c.step_id == step_id)
        self._write_rows(step_id, self.connection.execute(last).scalar_one() + 1, rest)

    def _positions(self, step_id: str, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Where rows stand in a Step, by table and id, of those that are in it."""
        found: dict[tuple[str, str], int] = {}
        for some in slices(keys):
            rows = self.connection.execute(
                select(step_row.c.table, step_row.c.row_id, step_row.c.position).where(
                    step_row.c.step_id == step_id, step_row.c.row_id.in_([row_id for _, row_id in some])
                )
            )
            found |= {(row.table, row.row_id): row.position for row in rows}
        return found

    def _write_rows(self, step_id: str, first: int, changes: list[Any]) -> None:
        rows = [
            {
                "step_id": step_id,
                "position": first + n,
                "table": table,
                "row_id": row_id,
                "before": before,
                "after": after,
            }
            for n, ((table, row_id), (before, after)) in enumerate(changes)
        ]
        insert_rows(self.connection, step_row, rows)


# ---------------------------------------------------------------- reading the history


def _steps(connection: Connection, *conditions: Any, limit: int | None = None) -> list[Step]:
    rows = connection.execute(select(step).where(*conditions).order_by(step.c.number.desc()).limit(limit))
    return [Step(**row) for row in rows.mappings()]


def list_steps(connection: Connection, limit: int = 200) -> list[Step]:
    """The newest steps first."""
    return _steps(connection, limit=limit)


def steps_of_row(connection: Connection, row_ids: Iterable[str]) -> list[Step]:
    """The steps that touched any of these rows, newest first: a record's history."""
    touching = select(step_row.c.step_id).where(step_row.c.row_id.in_(list(row_ids)))
    return _steps(connection, step.c.id.in_(touching))


def get_step(connection: Connection, step_id: str) -> Step:
    """KeyError if there is none."""
    found = _steps(connection, step.c.id == step_id)
    if not found:
        raise KeyError(step_id)
    return found[0]


def next_undo(connection: Connection) -> Step | None:
    """The step that "Undo" means now: the newest that was not undone and did not go out."""
    found = _steps(
        connection,
        step.c.verb.not_in((UNDO, REDO)),
        step.c.undone.is_(False),
        step.c.went_out.is_(False),
        limit=1,
    )
    return found[0] if found else None


def next_redo(connection: Connection) -> Step | None:
    """The step that "Redo" means now: the one undone last, unless something new was done since."""
    target = step.alias("target")
    row = connection.execute(
        select(step.c.number, target.c.id)
        .join(target, step.c.target_id == target.c.id)
        .where(step.c.verb == UNDO, target.c.undone.is_(True))
        .order_by(step.c.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    since = _steps(
        connection,
        step.c.verb.not_in((UNDO, REDO)),
        step.c.went_out.is_(False),
        step.c.number > row.number,
        limit=1,
    )
    return None if since else get_step(connection, row.id)


# ---------------------------------------------------------------- undo and redo


def revert(writer: Writer, wanted: Step, keep: frozenset[str] = frozenset()) -> None:
    """Put every row of the step back as it was; ConflictError if one was changed since.

    ``keep`` names rows to leave as they are.
    """
    _turn(writer, wanted, keep, backwards=True)


def apply_again(writer: Writer, wanted: Step) -> None:
    """Do the step again; ConflictError if one of its rows is not as the step found it."""
    _turn(writer, wanted, frozenset(), backwards=False)


def changed_since(connection: Connection, wanted: Step) -> list[tuple[str, str]]:
    """(table, id) of the rows of the step that are no longer as it left them."""
    return _contradictions(connection, _turns(connection, wanted, True))


#: (table, row id, the image to bring about, the image that it must have now)
_Turn = tuple[Table, str, Image | None, Image | None]


def _turns(connection: Connection, wanted: Step, backwards: bool) -> list[_Turn]:
    order = step_row.c.position.desc() if backwards else step_row.c.position
    rows = connection.execute(
        select(step_row).where(step_row.c.step_id == wanted.id).order_by(order)
    ).mappings()
    turns: list[_Turn] = []
    for row in rows:
        images = (row["before"], row["after"]) if backwards else (row["after"], row["before"])
        turns.append((metadata.tables[row["table"]], row["row_id"], *images))
    return turns


def _by_table(turns: Sequence[_Turn]) -> dict[str, list[_Turn]]:
    found: dict[str, list[_Turn]] = {}
    for turn in turns:
        found.setdefault(turn[0].name, []).append(turn)
    return found


def _contradictions(connection: Connection, turns: Sequence[_Turn]) -> list[tuple[str, str]]:
    changed = []
    for name, some in _by_table(turns).items():
        now = images_now(connection, metadata.tables[name], [turn[1] for turn in some])
        changed += [(name, row_id) for _, row_id, _, expected in some if now.get(row_id) != expected]
    return changed


def images_now(connection: Connection, table: Table, row_ids: Sequence[str]) -> dict[str, Image]:
    """The rows as they are now, by id; those that are not there are left out."""
    found: dict[str, Image] = {}
    for some in slices(row_ids):
        for row in connection.execute(select(table).where(table.c.id.in_(some))).mappings():
            found[row["id"]] = image(table, dict(row))
    return found


def slices(ids: Sequence[Item], size: int = 500) -> Iterator[Sequence[Item]]:
    """In pieces: a database takes a limited number of parameters in one statement."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _turn(writer: Writer, wanted: Step, keep: frozenset[str], *, backwards: bool) -> None:
    turns = [turn for turn in _turns(writer.connection, wanted, backwards) if turn[1] not in keep]
    changed = _contradictions(writer.connection, turns)
    if changed:
        raise ConflictError(
            f"“{wanted.label}” cannot be {'undone' if backwards else 'done again'}: "
            f"{len(changed):,} of its rows {verb_for(len(changed), 'was', 'were')} changed since "
            f"({_count(changed)}).",
            "Undo the later changes first; nothing was overwritten.",
        )
    for name, some in _by_table(turns).items():
        writer.put(metadata.tables[name], {row_id: wanted_image for _, row_id, wanted_image, _ in some})
    writer.connection.execute(update(step).where(step.c.id == wanted.id).values(undone=backwards))


def _count(rows: list[tuple[str, str]]) -> str:
    kinds: dict[str, int] = {}
    for table, _ in rows:
        kinds[table] = kinds.get(table, 0) + 1
    return ", ".join(
        counted(n, table.replace("_", " "), "agencies" if table == "agency" else "")
        for table, n in sorted(kinds.items())
    )
