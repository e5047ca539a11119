"""What one reminder costs does not grow with how many people there are, or with their history."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import pytest

from bot.store.postgres import statements as sql
from bot.store.postgres.driver import FEW_ROWS, Session, connect
from bot.store.postgres.parameters import numbered
from bot.store.postgres.prepare import migrate, migrations
from bot.store.urls import postgres_address

pytestmark = pytest.mark.astray  # its rows were never counted
STATEMENTS = sorted(name for name in vars(sql) if name.isupper() and not name.startswith("_"))
PEOPLE = 3000
# a few rows a day; and what is counted for the operator on a connection of its own
SMALL = {"daily_count"}
COUNTED = {"plan", "subscriber"}
FILLED = f"""
    INSERT INTO subscriber (chat_lookup, chat_sealed, language, zone, consent)
    SELECT sha256(CAST(n::text AS bytea)), 'x', 'en', 'UTC', 0 FROM generate_series(1, {PEOPLE}) n;
    INSERT INTO plan (subscriber, kind, at, weekdays, enabled, next_due, rang_on)
    SELECT id, kind, 0, 127, 1, 1000000 + id, '2026-03-01'
      FROM subscriber, unnest(ARRAY['morning', 'break']) kind;
    INSERT INTO occurrence (plan, slot, local_date, due_at, not_before, state)
    SELECT p.id, 'slot', '2026-02-' || lpad(n::text, 2, '0'), 1000000 + n, 1000000 + n,
           CASE WHEN n = 20 THEN 'due' ELSE 'sent' END
      FROM plan p, generate_series(1, 20) n;
    INSERT INTO seen_update SELECT n, n FROM generate_series(1, {PEOPLE}) n;
    INSERT INTO media_file SELECT n::text, 'x', n FROM generate_series(1, {PEOPLE}) n;
"""  # noqa: S608 - our own number


@pytest.fixture(params=["fresh", "analysed"])
async def session(url: str, request: pytest.FixtureRequest) -> AsyncIterator[Session]:
    made = await connect(postgres_address(url))
    for name, value in FEW_ROWS.items():
        await made.execute(f"SET {name} = {value}")
    await migrate(made, migrations())
    await made.execute(FILLED)
    if request.param == "analysed":
        await made.execute("ANALYZE")
    yield made
    await made.close(timeout=1)


def values_of(names: Sequence[str]) -> str:
    """Return a value for each name, in brackets."""
    one = "'1'"
    known = {"ids": "'{1,2}'", "plans": "'{1,2}'", "in_hand": "'{1}'", "dead": "'{x}'"}
    texts = {"settled": """'[{"id": 1}]'""", "lookup": "sha256('1')", "since": "'2026-02-20'"}
    many = {"advanced": """'[{"plan": 1}]'""", "places": "'[0]'"}
    values = {**known, **texts, **many}
    return f"({', '.join(values.get(name, one) for name in names)})" if names else ""


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


async def plan_of(session: Session, name: str) -> list[dict[str, Any]]:
    """Return the steps of a statement as a bot's session plans it: once, whatever the values."""
    query, names = numbered(getattr(sql, name))
    await session.execute(f"PREPARE planned AS {query}")
    ((found,),) = await session.fetch(f"EXPLAIN (FORMAT JSON) EXECUTE planned{values_of(names)}")
    await session.execute("DEALLOCATE planned")
    return list(nodes(json.loads(found)[0]["Plan"]))


async def test_no_statement_reads_a_table_from_end_to_end(session: Session) -> None:
    for name in STATEMENTS:
        plan = await plan_of(session, name)
        whole = {step["Relation Name"] for step in plan if step["Node Type"] == "Seq Scan"}
        known = SMALL | (COUNTED if name == "FIGURES" else set())
        assert (name, whole - known) == (name, set())


async def test_the_oldest_are_found_without_sorting_all(session: Session) -> None:
    for name in ("LOCK_READY", "LOCK_DUE_PLANS"):
        assert "Sort" not in {step["Node Type"] for step in await plan_of(session, name)}


async def test_the_next_moment_is_read_off_the_ends_of_two_indexes(session: Session) -> None:
    plan = await plan_of(session, "NEXT_MOMENT")

    indexes = {step.get("Index Name") for step in plan} - {None}
    assert indexes == {"plan_due", "occurrence_next"}
    assert max(step["Plan Rows"] for step in plan if step["Node Type"] == "Limit") == 1


async def test_a_persons_days_are_read_from_the_first_date_on(session: Session) -> None:
    conditions = [step.get("Index Cond", "") for step in await plan_of(session, "DAYS")]

    assert any("local_date >=" in condition for condition in conditions)


async def test_what_is_claimed_is_read_by_its_number_however_much_is_due(session: Session) -> None:
    indexes = {step.get("Index Name") for step in await plan_of(session, "READY")}

    assert "occurrence_pkey" in indexes
    assert "occurrence_due" not in indexes
