"""The statements of this package."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from jieli.blueprint.model import Object, Workspace
from jieli.db.sql import Sql, ident, join, sql
from jieli.query.shape import title_of


def held(workspace: Workspace, keys: Iterable[tuple[str, str]]) -> Sql:
    """Who holds these keys, by kind and key. They travel as JSON, which is made faster than arrays of texts."""
    return sql(
        "select c.kind, c.key, c.object, c.record, c.party from {claim} c join (select distinct k->>0 as kind,"
        " k->>1 as key from json_array_elements({keys}::json) k) w using (kind, key)",
        claim=workspace.table("claim"),
        keys=list(keys),
    )


def claim(
    workspace: Workspace, object_key: str, claims: Sequence[tuple[str, str, UUID, UUID, str | None]]
) -> Sql:
    """Take the keys that are free; the count of rows tells how many. Waits for others who are just taking the
    same key. The caller sorts the keys, so that two batches cannot wait for each other. A claim ends with its
    likeness, as PostgreSQL writes an array."""
    return sql(
        "insert into {claim} (kind, key, object, record, party, likeness)"
        " select c->>0, c->>1, {object}, (c->>2)::uuid, (c->>3)::uuid, (c->>4)::bigint[]"
        " from json_array_elements({claims}::json) c on conflict do nothing",
        claim=workspace.table("claim"),
        object=object_key,
        claims=claims,
    )


def near(workspace: Workspace, numbers: Sequence[int]) -> Sql:
    """Company keys that have one of these numbers, as many as can be looked at."""
    return sql(
        "select key, object, record, party from {claim} where likeness && {numbers}::bigint[] limit 500",
        claim=workspace.table("claim"),
        numbers=list(numbers),
    )


def without_likeness(workspace: Workspace, amount: int) -> Sql:
    """Company keys that cannot be found by likeness yet; another who is at it does not get the same."""
    return sql(
        "select key from {claim} where kind = 'company' and likeness is null order by key limit {amount}"
        " for update skip locked",
        claim=workspace.table("claim"),
        amount=amount,
    )


def set_likeness(workspace: Workspace, likeness: Sequence[tuple[str, str]]) -> Sql:
    return sql(
        "update {claim} c set likeness = (w->>1)::bigint[] from json_array_elements({likeness}::json) w"
        " where c.kind = 'company' and c.key = w->>0",
        claim=workspace.table("claim"),
        likeness=list(likeness),
    )


def alive(obj: Object, ids: Sequence[UUID]) -> Sql:
    """The rows that are not in the trash, with the columns of their fields."""
    columns = [ident(column.name) for field in obj.fields.values() for column in field.columns]
    return sql(
        "select id, {columns} from {table} where id = any({ids}) and deleted_at is null",
        columns=join(", ", columns),
        table=obj.table,
        ids=list(ids),
    )


def release_but_source(workspace: Workspace, record: UUID) -> Sql:
    """Give back all keys but the row's identity in the file it came from."""
    return sql(
        "delete from {claim} where record = {record} and kind <> 'source'",
        claim=workspace.table("claim"),
        record=record,
    )


def follow_ups(obj: Object, field: str, source: UUID) -> Sql:
    """The records of an object that refer to the source in this field."""
    return sql(
        "select id from {table} where {field} = {source} and deleted_at is null order by id",
        table=obj.table,
        field=ident(field),
        source=source,
    )


def carry_files(workspace: Workspace, source: UUID, object_key: str, target: UUID) -> Sql:
    """The files of a record, also on another; the content is kept once."""
    return sql(
        "insert into {file} (id, object, record, name, size, type, sha256, storage, by, at)"
        " select gen_random_uuid(), {object}, {target}, name, size, type, sha256, storage, by, at"
        " from {file} where record = {source} and deleted_at is null and field is null",
        file=workspace.table("file"),
        object=object_key,
        target=target,
        source=source,
    )


def release(workspace: Workspace, records: Sequence[UUID]) -> Sql:
    return sql(
        "delete from {claim} where record = any({records})",
        claim=workspace.table("claim"),
        records=list(records),
    )


def release_kinds(workspace: Workspace, kinds: Mapping[UUID, Sequence[str]]) -> Sql:
    """Give back the keys of some kinds, for records whose values change."""
    pairs = [(record, kind) for record, some in kinds.items() for kind in some]
    return sql(
        "delete from {claim} c using unnest({records}::uuid[], {kinds}::text[]) w(record, kind)"
        " where c.record = w.record and c.kind = w.kind",
        claim=workspace.table("claim"),
        records=[record for record, _ in pairs],
        kinds=[kind for _, kind in pairs],
    )


def duplicate(workspace: Workspace, obj: Object, record: UUID | None, visible: Sql) -> Sql:
    """A record as a duplicate warning shows it."""
    owner = sql("t.owner") if obj.has("owned") else sql("null::uuid")
    return sql(
        "select {title} as title, {visible} as visible, m.id as owner, m.name as owner_name"
        " from {table} t left join {members} m on m.id = {owner} where t.id = {record}",
        title=title_of(obj, ident("t")),
        visible=visible,
        owner=owner,
        table=obj.table,
        members=workspace.object("member").table,
        record=record,
    )


def candidates(workspace: Workspace, obj: Object, roles: Sequence[str], names: Sequence[str]) -> Sql:
    """Active members with one of the roles, or named by id or login, in the order of their ids; each with the number of
    open records that they own, and with what the write path asks of an owner (see `records.store.members`)."""
    open_ = sql("t.outcome = 'open'") if obj.has("staged") else sql("true")
    return sql(
        "select m.id, m.name, m.roles, m.department, true as active, b.id as manager,"
        " (select count(*) from {table} t where t.owner = m.id and t.deleted_at is null and {open}) as load"
        " from {members} m left join {members} b on b.id = m.manager and b.deleted_at is null"
        " and b.status is distinct from 'disabled' where m.deleted_at is null and m.status is distinct from 'disabled'"
        " and (m.roles && {roles}::text[] or m.id::text = any({names}::text[]) or m.email = any({names}::text[])"
        " or m.name = any({names}::text[])) order by m.id",
        members=workspace.object("member").table,
        table=obj.table,
        open=open_,
        roles=list(roles),
        names=list(names),
    )


def take_turn(workspace: Workspace, object_key: str, rule: str, people: Sequence[UUID], *, wait: bool) -> Sql:
    """Give the turn to who has waited longest, and tell how many of the people are known here. Whoever is being
    given another record just now is passed over instead of waited for, unless it has to be."""
    return sql(
        "with known as materialized (select person, served_at from {rotation}"
        " where object = {object} and rule = {rule} and person = any({people})),"
        " next as (select r.person from {rotation} r join known k on k.person = r.person"
        " where r.object = {object} and r.rule = {rule} order by k.served_at nulls first, r.person limit 1"
        " for update of r{skip}) update {rotation} r set served_at = clock_timestamp() from next"
        " where r.object = {object} and r.rule = {rule} and r.person = next.person"
        " returning r.person, (select count(*) from known) as known",
        rotation=workspace.table("rotation"),
        object=object_key,
        rule=rule,
        people=list(people),
        skip=sql("") if wait else sql(" skip locked"),
    )


def enter_turns(workspace: Workspace, object_key: str, rule: str, people: Sequence[UUID]) -> Sql:
    """Let people take turns who have not yet; they come next."""
    return sql(
        "insert into {rotation} (object, rule, person) select {object}, {rule}, p from unnest({people}::uuid[]) p"
        " on conflict do nothing",
        rotation=workspace.table("rotation"),
        object=object_key,
        rule=rule,
        people=list(people),
    )


def turns(workspace: Workspace, object_key: str, rule: str) -> Sql:
    """Who was last served when, locked until the end of the transaction, for many turns at once."""
    return sql(
        "select person, served_at from {rotation} where object = {object} and rule = {rule} order by person"
        " for update",
        rotation=workspace.table("rotation"),
        object=object_key,
        rule=rule,
    )


def turned(workspace: Workspace, object_key: str, rule: str, people: Sequence[UUID]) -> Sql:
    """The people in the order in which they were last served."""
    return sql(
        "insert into {rotation} (object, rule, person, served_at)"
        " select {object}, {rule}, p, clock_timestamp() + n * interval '1 microsecond'"
        " from unnest({people}::uuid[]) with ordinality w(p, n)"
        " on conflict (object, rule, person) do update set served_at = excluded.served_at",
        rotation=workspace.table("rotation"),
        object=object_key,
        rule=rule,
        people=list(people),
    )


def rescore(obj: Object, score: Sql, parts: Sql, where: Sql) -> Sql:
    """Score all rows anew in one statement; those whose score stays are not written."""
    return sql(
        "update {table} t set score = {score}, score_parts = {parts}"
        " where {where} and (t.score, t.score_parts) is distinct from ({score}, {parts})",
        table=obj.table,
        score=score,
        parts=parts,
        where=where,
    )


def decisions(workspace: Workspace, record: UUID) -> Sql:
    return sql(
        "select * from {assignment} where record = {record} order by id desc",
        assignment=workspace.table("assignment"),
        record=record,
    )


def decision(workspace: Workspace, decision_id: UUID) -> Sql:
    return sql(
        "select * from {assignment} where id = {id}", assignment=workspace.table("assignment"), id=decision_id
    )


def score(obj: Object, record: UUID, visible: Sql) -> Sql:
    return sql(
        "select t.score, t.score_parts from {table} t where t.id = {id} and {visible}",
        table=obj.table,
        id=record,
        visible=visible,
    )


def unowned(obj: Object, ids: Sequence[UUID], visible: Sql) -> Sql:
    """Which of these records nobody owns."""
    return sql(
        "select t.id from {table} t where t.id = any({ids}) and t.owner is null and t.deleted_at is null"
        " and {visible}",
        table=obj.table,
        ids=list(ids),
        visible=visible,
    )


def names(workspace: Workspace, members: Sequence[UUID]) -> Sql:
    return sql(
        "select id, name from {members} where id = any({ids})",
        members=workspace.object("member").table,
        ids=list(members),
    )
