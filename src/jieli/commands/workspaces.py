"""Workspaces, their members, and the tables below them."""

import secrets
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import typer

from jieli import standard
from jieli.access import Actor, system_actor
from jieli.base.errors import NotFound
from jieli.base.language import Message
from jieli.blueprint import workspaces
from jieli.blueprint.document import Document
from jieli.commands.output import JSON, Output, words
from jieli.commands.place import actor, database, run
from jieli.db.pool import Tx
from jieli.identity import add_member, create_account
from jieli.identity import store as identity_store
from jieli.identity.logins import as_login
from jieli.records import Action, Batch, Change, apply

TEMPLATES = {"standard": standard.load}


class UnknownTemplate(NotFound):
    message = Message("unknown_template", "没有模板「{template}」", "There is no template “{template}”")


@dataclass(frozen=True, slots=True)
class Administrator:
    """`password` is None when the account was there before."""

    login: str
    password: str | None


@dataclass(frozen=True, slots=True)
class NewMember:
    id: UUID
    login: str
    password: str | None


def template(name: str) -> Document:
    if name not in TEMPLATES:
        raise UnknownTemplate(template=name)
    return TEMPLATES[name]()


Slug = Annotated[str, typer.Argument(help=words(zh="工作区标识", en="The workspace's identifier"))]
Workspace = Annotated[str, typer.Option("--workspace", "-w", help=words(zh="工作区标识", en="The workspace"))]


def create(
    slug: Slug,
    template_name: Annotated[str, typer.Option("--template")] = "standard",
    admin_login: Annotated[str, typer.Option("--admin-login")] = "admin",
    admin_password: Annotated[str | None, typer.Option("--admin-password")] = None,
    as_json: JSON = False,
) -> None:
    out = Output(as_json)
    made = run(_create(slug, template(template_name), admin_login, admin_password))
    answer = {"workspace": slug, "template": template_name, "login": made.login, "password": made.password}
    shown_zh = f",密码 {made.password}" if made.password else "（沿用原密码）"
    shown_en = f", password {made.password}" if made.password else " (with its password)"
    out.answer(
        answer,
        zh=f"工作区 {slug} 已创建。管理员账号 {made.login}{shown_zh}",
        en=f"Workspace {slug} is ready. Sign in as {made.login}{shown_en}",
    )


async def _create(slug: str, document: Document, login: str, password: str | None) -> Administrator:
    async with database() as db, db.begin(statement_timeout=120) as tx:
        return await create_workspace(tx, slug, document, login, password)


async def create_workspace(
    tx: Tx, slug: str, document: Document, login: str, password: str | None
) -> Administrator:
    """A workspace with one administrator. An existing account becomes a member and keeps its password."""
    found = await workspaces.create(tx, slug, document)
    made = await enter_member(tx, system_actor(found, "cli"), login, login, ("admin",), password)
    return Administrator(made.login, made.password)


async def enter_member(
    tx: Tx, by: Actor, login: str, name: str, roles: tuple[str, ...], password: str | None
) -> NewMember:
    """A member's record with its account. Without a password a random one is made, which must be changed."""
    change = Change({"name": name, "roles": list(roles)})
    record = (await apply(tx, by, Batch("member", Action.CREATE, [change]))).only.id
    assert record is not None
    login = as_login(login)
    is_new = await tx.one(identity_store.account_by_login(login)) is None
    chosen = password or secrets.token_urlsafe(9)
    if is_new:
        await create_account(tx, login, name, chosen, language=by.language, must_change=password is None)
    await add_member(tx, by, record, login=login, name=name)
    return NewMember(record, login, chosen if is_new else None)


def add(
    login: Annotated[str, typer.Argument(help=words(zh="登录账号", en="The login"))],
    workspace: Workspace,
    name: Annotated[str | None, typer.Option("--name")] = None,
    role: Annotated[
        list[str] | None, typer.Option("--role", help=words(zh="角色，可多次", en="A role; may be repeated"))
    ] = None,
    password: Annotated[str | None, typer.Option("--password")] = None,
    as_json: JSON = False,
) -> None:
    made = run(_add(workspace, login, name or login, tuple(role or ("sales",)), password))
    shown_zh = f",密码 {made.password}" if made.password else "（沿用原密码）"
    shown_en = f", password {made.password}" if made.password else " (with its password)"
    Output(as_json).answer(
        {"member": made.id, "login": made.login, "password": made.password},
        zh=f"已加入成员 {made.login}{shown_zh}",
        en=f"Added {made.login}{shown_en}",
    )


async def _add(slug: str, login: str, name: str, roles: tuple[str, ...], password: str | None) -> NewMember:
    async with database() as db, db.begin() as tx:
        return await enter_member(tx, await actor(tx, slug), login, name, roles, password)


def migrate(as_json: JSON = False) -> None:
    slugs = run(_migrate())
    Output(as_json).answer(
        {"workspaces": slugs},
        zh=f"数据库已是最新，共 {len(slugs)} 个工作区",
        en=f"The database is up to date, with {len(slugs)} workspaces",
    )


async def _migrate() -> list[str]:
    async with database() as db:
        async with db.read() as tx:
            slugs = await workspaces.known(tx)
        for slug in slugs:
            async with db.begin(statement_timeout=600) as tx:
                await workspaces.upgrade(tx, slug)
        return slugs
