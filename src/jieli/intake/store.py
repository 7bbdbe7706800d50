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


def claim(workspace: Workspace, object_key: str, claims: Sequence[tuple[str, str, UUID, UUID]]) -> Sql:
    """Take the keys that are free; the count of rows tells how many. Waits for others who are just taking the
    same key. The caller sorts the keys, so that two batches cannot wait for each other."""
    return sql(
        "insert into {claim} (kind, key, object, record, party)"
        " select c->>0, c->>1, {object}, (c->>2)::uuid, (c->>3)::uuid from json_array_elements({claims}::json) c"
        " on conflict do nothing",
        claim=workspace.table("claim"),
        object=object_key,
        claims=claims,
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


def candidates(workspace: Workspace, roles: Sequence[str], names: Sequence[str]) -> Sql:
    """Active members with one of the roles, or named by id or login; in a fixed order."""
    return sql(
        "select m.id, m.name, m.roles, m.department from {members} m"
        " where m.deleted_at is null and m.status is distinct from 'disabled'"
        " and (m.roles && {roles}::text[] or m.id::text = any({names}::text[]) or m.email = any({names}::text[])"
        " or m.name = any({names}::text[])) order by m.id",
        members=workspace.object("member").table,
        roles=list(roles),
        names=list(names),
    )


def loads(obj: Object, members: Sequence[UUID]) -> Sql:
    """How many open records each member owns."""
    open_ = sql("t.outcome = 'open'") if obj.has("staged") else sql("true")
    return sql(
        "select t.owner, count(*) as load from {table} t where t.owner = any({members}) and t.deleted_at is null"
        " and {open} group by t.owner",
        table=obj.table,
        members=list(members),
        open=open_,
    )


def turn(workspace: Workspace, object_key: str, rule: str, nobody: UUID) -> Sql:
    """Whose turn it was last, locked until the end of the transaction so that no two take the same turn."""
    return sql(
        "insert into {rotation} as r (object, rule, last) values ({object}, {rule}, {nobody})"
        " on conflict (object, rule) do update set last = r.last returning last",
        rotation=workspace.table("rotation"),
        object=object_key,
        rule=rule,
        nobody=nobody,
    )


def turned(workspace: Workspace, object_key: str, rule: str, last: UUID) -> Sql:
    return sql(
        "update {rotation} set last = {last} where object = {object} and rule = {rule}",
        rotation=workspace.table("rotation"),
        last=last,
        object=object_key,
        rule=rule,
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


def unowned(obj: Object, ids: Sequence[UUID]) -> Sql:
    """Which of these records nobody owns."""
    return sql(
        "select t.id from {table} t where t.id = any({ids}) and t.owner is null and t.deleted_at is null",
        table=obj.table,
        ids=list(ids),
    )


def names(workspace: Workspace, members: Sequence[UUID]) -> Sql:
    return sql(
        "select id, name from {members} where id = any({ids})",
        members=workspace.object("member").table,
        ids=list(members),
    )
