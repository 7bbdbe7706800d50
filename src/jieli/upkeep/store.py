"""The statements of this package: about whole schemas and tables, and about the server itself."""

from collections.abc import Sequence

from jieli.db.migrate import LOCK, RESTORING
from jieli.db.sql import Sql, ident, join, sql


def has_schema(name: str) -> Sql:
    return sql("select to_regnamespace({name}) is not null", name=name)


def has_table(schema: str, table: str) -> Sql:
    return sql("select to_regclass({name}) is not null", name=f"{schema}.{table}")


def held_workspaces() -> Sql:
    """All workspaces, held so that nobody can publish a blueprint, which alters tables, or drop one meanwhile."""
    return sql("select slug, schema, blueprint_version from jieli.workspace order by slug for share")


def workspaces() -> Sql:
    return sql("select slug, schema from jieli.workspace order by slug")


def export_snapshot() -> Sql:
    return sql("select pg_export_snapshot()")


def is_citus() -> Sql:
    return sql("select exists (select from pg_extension where extname = 'citus')")


def server_version() -> Sql:
    return sql("select current_setting('server_version_num')::integer")


def migrations() -> Sql:
    return sql("select name, checksum from jieli.migration order by name")


def workspace_migrations(schemas: Sequence[str]) -> Sql:
    """The numbers that each of these workspaces has seen."""
    parts = [
        sql(
            "select {name} as schema, array(select number from {table} order by number) as numbers",
            name=schema,
            table=ident(schema, "migration"),
        )
        for schema in schemas
    ]
    return join(" union all ", parts)


def tables(schemas: Sequence[str]) -> Sql:
    return sql(
        "select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = any({schemas}::text[]) and c.relkind in ('r', 'p') order by 1, 2",
        schemas=list(schemas),
    )


def count(schema: str, table: str) -> Sql:
    return sql("select count(*) from {table}", table=ident(schema, table))


def contents(schema: str) -> Sql:
    """What is kept of uploaded files, also of those taken off their record, which an undo may bring back."""
    return sql(
        "select distinct sha256 from {table} where storage = 'disk' order by 1", table=ident(schema, "file")
    )


def import_folders(schema: str) -> Sql:
    return sql("select storage from {table} order by id", table=ident(schema, "import_run"))


def take_lock() -> Sql:
    """The lock of the migrations: whoever wants to bring the database up waits for the end of the transaction."""
    return sql("select pg_try_advisory_xact_lock({lock}::bigint)", lock=LOCK)


def others(own: str) -> Sql:
    """What of this program is connected, other than under the name `own`."""
    return sql(
        "select distinct application_name as name from pg_stat_activity where datname = current_database()"
        " and application_name ~ '^jieli( |$)' and application_name <> {own} order by 1",
        own=own,
    )


def begin_restore() -> Sql:
    return sql("create schema {schema}", schema=ident(RESTORING))


def restore_table() -> Sql:
    return sql(
        "create table {table} (file text not null, at timestamptz not null, schemas text[] not null)",
        table=ident(RESTORING, "about"),
    )


def note_restore(file: str, schemas: Sequence[str]) -> Sql:
    """Says which schemas belong to the unfinished restore, so that the next one may drop these and no others."""
    return sql(
        "insert into {table} (file, at, schemas) values ({file}, now(), {schemas})",
        table=ident(RESTORING, "about"),
        file=file,
        schemas=list(schemas),
    )


def restoring() -> Sql:
    return sql("select schemas from {table}", table=ident(RESTORING, "about"))


def drop_schema(name: str) -> Sql:
    return sql("drop schema if exists {schema} cascade", schema=ident(name))


def analyze() -> Sql:
    return sql("analyze")


def server_settings() -> Sql:
    """What keeps data safe, by name."""
    return sql(
        "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'data_checksums')"
    )


def archive_mode() -> Sql:
    return sql("select current_setting('archive_mode')")


def archiver() -> Sql:
    """How the server's own archiving goes, how many files of the log wait for it and since when the oldest does."""
    return sql(
        "select last_archived_wal, last_archived_time, last_failed_wal, last_failed_time,"
        " coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) as fails,"
        " (select count(*) from pg_ls_archive_statusdir() where name like '%.ready') as waiting,"
        " (select min(modification) from pg_ls_archive_statusdir() where name like '%.ready') as since"
        " from pg_stat_archiver"
    )


def present() -> Sql:
    return sql("select clock_timestamp()")


def connected() -> Sql:
    """The programs that are connected and how often."""
    return sql(
        "select application_name as name, count(*) as count from pg_stat_activity"
        " where datname = current_database() group by 1 order by 1"
    )


def queue() -> Sql:
    """How many jobs are due and since when the oldest is, and how many have failed for good."""
    return sql(
        "select count(*) filter (where status = 'queued' and execute_after <= now()) as due,"
        " min(execute_after) filter (where status = 'queued' and execute_after <= now()) as since,"
        " count(*) filter (where status = 'failed') as failed from jieli.pgqueuer"
    )


def calendar_years(schema: str) -> Sql:
    return sql(
        "select distinct extract(year from day)::integer as year from {table} order by 1",
        table=ident(schema, "calendar_day"),
    )


def sealed() -> Sql:
    return sql("select totp_secret from jieli.account where totp_secret is not null")
