"""One group commit as SQL statements, in an order that no rule of the schema minds."""

import sqlite3

from antrean import codec
from antrean.codec import encode_json
from antrean.domain.model import AT_COUNTER
from antrean.store import rows
from antrean.store.batch import Batch


def write(c: sqlite3.Connection, batch: Batch, catalogue: int) -> None:
    """Inside a transaction: everything of `batch`, kept under the catalogue in force."""
    c.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                e.seq,
                e.at,
                e.actor,
                e.event.type,
                getattr(e.event, "ticket", None),
                codec.event_data(e.event),
            )
            for e in batch.entries
        ],
    )
    # who leaves a counter is written before who comes to it: one ticket a counter, at every
    # statement
    changed = sorted(batch.tickets.values(), key=lambda t: t.state in AT_COUNTER)
    seated = [t for t in changed if t.state in AT_COUNTER and t.id not in batch.given]
    if len(seated) > 1:  # two may have changed places within the group
        c.executemany("UPDATE tickets SET counter = NULL WHERE id = ?", [(t.id,) for t in seated])
    c.executemany(
        rows.UPDATE, [(*rows.values(t), t.id) for t in changed if t.id not in batch.given]
    )
    c.executemany(
        rows.INSERT,
        [(batch.given[t.id], t.id, *rows.values(t)) for t in changed if t.id in batch.given],
    )
    c.executemany(
        "INSERT INTO people VALUES (?, ?, ?, ?)",
        [(t, p.name, p.phone, p.reason) for t, p in batch.people.items()],
    )
    c.executemany(
        "INSERT INTO notes VALUES (?, ?, ?)", [(n.seq, t, n.text) for t, n in batch.notes]
    )
    if batch.forget_answers_before is not None:  # first: a key of then may be used anew
        c.execute("DELETE FROM answers WHERE date < ?", (batch.forget_answers_before,))
    c.executemany(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?)",
        [(a.id, a.asked, a.body, a.ticket, a.date) for a in batch.answers.values()],
    )
    _write_rest(c, batch, catalogue)


def _write_rest(c: sqlite3.Connection, batch: Batch, catalogue: int) -> None:
    if batch.forget_people_before is not None:
        for table in ("people", "notes"):
            c.execute(
                f"DELETE FROM {table} WHERE ticket IN (SELECT id FROM tickets WHERE date < ?)",
                (batch.forget_people_before,),
            )
    if batch.snapshot is not None:
        made = batch.snapshot
        c.execute(
            "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)",
            (catalogue, made.seq, made.state, encode_json(made.offsets)),
        )
        c.execute(
            "DELETE FROM snapshots WHERE catalogue <> ?1 OR seq NOT IN"
            " (SELECT seq FROM snapshots WHERE catalogue = ?1 ORDER BY seq DESC LIMIT 2)",
            (catalogue,),
        )
