"""The statements of this package: versions of documents, and what the catalogue says of a workspace's tables."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from jieli.blueprint.document import Document, FieldDef
from jieli.blueprint.storage import OWN_PREFIX
from jieli.blueprint.stored import StoredTable
from jieli.db.pool import ReadTx, Record, Tx
from jieli.db.sql import Sql, ident, sql


def current(slug: str) -> Sql:
    """The newest version with a mark that no other state of the row ever bears, not even one rolled back."""
    return sql(
        "select blueprint_version as version, xmin::text as mark from jieli.workspace where slug = {slug}",
        slug=slug,
    )


def locked(slug: str) -> Sql:
    return sql("select blueprint_version from jieli.workspace where slug = {slug} for update", slug=slug)


def patience(limit: str) -> Sql:
    """How long this transaction waits for a table that others use, unless that is limited already."""
    return sql(
        "select set_config('lock_timeout', {limit}, true) where current_setting('lock_timeout') = '0'",
        limit=limit,
    )


def announce(channel: str, slug: str) -> Sql:
    return sql("select pg_notify({channel}, {slug})", channel=channel, slug=slug)


def drop_schema(schema: str) -> Sql:
    return sql("drop schema {schema} cascade", schema=ident(schema))


def slugs() -> Sql:
    return sql("select slug from jieli.workspace where blueprint_version > 0 order by slug")


def register(slug: str, schema: str, label: dict[str, str]) -> Sql:
    """Gives a row only when the slug was free; two at once wait for one another."""
    return sql(
        "insert into jieli.workspace (slug, schema, label) values ({slug}, {schema}, {label})"
        " on conflict (slug) do nothing returning slug",
        slug=slug,
        schema=schema,
        label=label,
    )


def forget(slug: str) -> Sql:
    return sql("delete from jieli.workspace where slug = {slug} returning schema", slug=slug)


async def read_document(tx: ReadTx, slug: str, version: int) -> Document | None:
    found = await tx.value(
        sql(
            "select document from jieli.blueprint_version where workspace = {slug} and version = {version}",
            slug=slug,
            version=version,
        )
    )
    return Document.model_validate(found) if found is not None else None


async def add_version(
    tx: Tx,
    slug: str,
    version: int,
    document: Document,
    *,
    author: UUID | None,
    note: str,
    plan: list[dict[str, str]],
) -> None:
    await tx.run(
        sql(
            "insert into jieli.blueprint_version (workspace, version, document, author, note, plan, columns)"
            " select {slug}, {version}, {document}, {author}, {note}, {plan}, coalesce(jsonb_object_agg(t.name,"
            " t.columns), '{{}}') from (select c.relname as name, jsonb_object_agg(a.attname, a.attnum) as columns"
            " from jieli.workspace w join pg_namespace n on n.nspname = w.schema"
            " join pg_class c on c.relnamespace = n.oid and c.relkind = 'r' and c.relname = any({tables})"
            " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 where w.slug = {slug} group by 1) t",
            slug=slug,
            version=version,
            document=written(document),
            author=author,
            note=note,
            plan=plan,
            tables=list(document.objects),
        )
    )
    await tx.run(
        sql(
            "update jieli.workspace set blueprint_version = {version} where slug = {slug}",
            slug=slug,
            version=version,
        )
    )


def written(document: Document) -> dict[str, object]:
    """The document as it is stored and exchanged: what equals its default is left out."""
    return document.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def versions(slug: str) -> Sql:
    return sql(
        "select v.version, v.created_at, v.author, a.name as author_name, v.note, v.plan"
        " from jieli.blueprint_version v left join jieli.account a on a.id = v.author"
        " where v.workspace = {slug} order by v.version desc",
        slug=slug,
    )


async def column_numbers(
    tx: ReadTx, slug: str, versions: Collection[int]
) -> dict[int, dict[str, dict[str, int]]]:
    """For each of these versions and each object the number of each column of its table."""
    if not versions:
        return {}
    rows = await tx.all(
        sql(
            "select version, columns from jieli.blueprint_version"
            " where workspace = {slug} and version = any({versions})",
            slug=slug,
            versions=list(versions),
        )
    )
    return {row["version"]: row["columns"] for row in rows}


@dataclass(frozen=True, slots=True)
class Sought:
    """A field whose definition before a version is asked for. `trait` is the one that may have brought it; it is
    empty for a field that every object has."""

    object: str
    field: str
    version: int
    trait: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """How a field was last defined, in which version; without a definition it was a trait's, or every object's."""

    object: str
    field: str
    version: int
    definition: FieldDef | None


async def last_definitions(tx: ReadTx, slug: str, sought: Sequence[Sought]) -> list[Found]:
    """How fields were last defined before a version, for those that were there at all."""
    rows = await tx.all(
        sql(
            "select k.object, k.field, f.version, f.definition"
            " from unnest({objects}::text[], {fields}::text[], {versions}::int[], {traits}::text[])"
            " k (object, field, version, trait) cross join lateral (select v.version, d.definition"
            " from jieli.blueprint_version v cross join lateral (select"
            " v.document #> array['objects', k.object, 'fields', k.field] as definition,"
            " (v.document #> array['objects', k.object, 'traits'])::jsonb as traits) d"
            " where v.workspace = {slug} and v.version < k.version and (d.definition is not null"
            " or case k.trait when '' then v.document #> array['objects', k.object] is not null"
            " else d.traits ? k.trait end) order by v.version desc limit 1) f",
            objects=[each.object for each in sought],
            fields=[each.field for each in sought],
            versions=[each.version for each in sought],
            traits=[each.trait for each in sought],
            slug=slug,
        )
    )
    return [
        Found(row["object"], row["field"], row["version"], _definition(row["definition"])) for row in rows
    ]


def _definition(stored: object) -> FieldDef | None:
    return None if stored is None else FieldDef.model_validate(stored)


async def stored_tables(tx: ReadTx, schema: str) -> dict[str, StoredTable]:
    """The tables as PostgreSQL's catalogue describes them, with those indexes and keys that a plan makes."""
    columns = await tx.all(_columns(schema))
    indexes = await tx.all(_indexes(schema))
    keys = await tx.all(_foreign_keys(schema))
    return {
        name: StoredTable(
            {row["name"]: row["type"] for row in _of(columns, name)},
            {row["name"]: (row["method"], tuple(row["columns"])) for row in _of(indexes, name)},
            {row["name"]: (row["column"], row["target"]) for row in _of(keys, name)},
            {row["name"]: row["number"] for row in _of(columns, name)},
        )
        for name in dict.fromkeys(row["table"] for row in columns)
    }


def _of(rows: Iterable[Record], table: str) -> list[Record]:
    return [row for row in rows if row["table"] == table]


def _columns(schema: str) -> Sql:
    return sql(
        "select c.relname::text as table, a.attname::text as name, a.attnum::int as number,"
        " format_type(a.atttypid, a.atttypmod) as type"
        " from pg_namespace n join pg_class c on c.relnamespace = n.oid and c.relkind = 'r'"
        " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
        " where n.nspname = {schema} order by c.relname, a.attnum",
        schema=schema,
    )


def _indexes(schema: str) -> Sql:
    return sql(
        "select t.relname::text as table, i.relname::text as name, m.amname::text as method,"
        " array(select a.attname::text from unnest(x.indkey::int2[]) with ordinality k (number, place)"
        " join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number order by k.place) as columns"
        " from pg_namespace n join pg_class t on t.relnamespace = n.oid join pg_index x on x.indrelid = t.oid"
        " join pg_class i on i.oid = x.indexrelid join pg_am m on m.oid = i.relam"
        " where n.nspname = {schema} and starts_with(i.relname, {prefix}) and not x.indisprimary",
        schema=schema,
        prefix=OWN_PREFIX,
    )


def _foreign_keys(schema: str) -> Sql:
    return sql(
        "select t.relname::text as table, k.conname::text as name, a.attname::text as column,"
        " o.relname::text as target from pg_namespace n join pg_class t on t.relnamespace = n.oid"
        " join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' join pg_class o on o.oid = k.confrelid"
        " join pg_attribute a on a.attrelid = t.oid and a.attnum = k.conkey[1]"
        " where n.nspname = {schema} and starts_with(k.conname, {prefix})",
        schema=schema,
        prefix=OWN_PREFIX,
    )


def occupied(schema: str, object_key: str, process: str, stages: Sequence[str]) -> Sql:
    """How many records, those in the trash too, are in stages that shall be no more."""
    return sql(
        "select stage, count(*) as count from {table} where process = {process} and stage = any({stages})"
        " group by stage order by stage",
        table=ident(schema, object_key),
        process=process,
        stages=list(stages),
    )
