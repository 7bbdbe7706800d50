"""The company made up for trying Jieli out, and starting with it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer
from pydantic import TypeAdapter

from jieli.api.options import Demo, DemoPerson
from jieli.blueprint import workspaces
from jieli.blueprint.document import Document
from jieli.commands.output import JSON, Output, words
from jieli.commands.place import database, run
from jieli.commands.serving import Host, Port, Workers, serve_until_stopped
from jieli.commands.workspaces import template
from jieli.db.pool import Database
from jieli.identity import store as identity_store
from jieli.records.content import Disk
from jieli.settings import Settings, load
from jieli.synthetic import Report, build

SLUG = "demo"
SEED = 1
SHOWN_FIRST = "manager"


class Size(StrEnum):
    SMALL = "small"
    DEMO = "demo"
    MILLION = "1m"


@dataclass(frozen=True, slots=True)
class Made:
    slug: str
    report: Report
    people: tuple[DemoPerson, ...]

    @property
    def login(self) -> str:
        return self.report.logins.get(SHOWN_FIRST) or next(iter(self.report.logins.values()))


def demo(
    size: Annotated[Size, typer.Option(help=words(zh="规模", en="How large"))] = Size.DEMO,
    seed: Annotated[
        int, typer.Option(help=words(zh="随机种子", en="The seed; the same one gives the same company"))
    ] = SEED,
    workspace: Annotated[
        str, typer.Option("--workspace", "-w", help=words(zh="工作区标识", en="The workspace"))
    ] = SLUG,
    as_json: JSON = False,
) -> None:
    out = Output(as_json)
    settings = load()
    made = run(_demo(settings, out, workspace, size, seed))
    answer = {
        "workspace": made.slug,
        "leads": made.report.leads,
        "opportunities": made.report.opportunities,
        "events": made.report.events,
        "logins": made.report.logins,
        "password": made.report.password,
    }
    zh, en = _welcome(made)
    out.answer(answer, zh=zh, en=en)


def run_demo(
    port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 1, as_json: JSON = False
) -> None:
    """Serve; a new installation gets the demo company first."""
    out = Output(as_json)
    settings = load()
    made = run(_first_demo(settings, out))
    if made:
        _offer_on_sign_in(settings, made)
        zh, en = _welcome(made)
        out.say(zh=zh, en=en)
    serve_until_stopped(out, host, port, workers)


async def _demo(settings: Settings, out: Output, slug: str, size: Size, seed: int) -> Made:
    async with database(settings) as db:
        return await _make(db, settings, out, slug, size, seed)


async def _first_demo(settings: Settings, out: Output) -> Made | None:
    async with database(settings) as db:
        async with db.read() as tx:
            if await workspaces.known(tx):
                return None
        return await _make(db, settings, out, SLUG, Size.DEMO, SEED)


async def _make(db: Database, settings: Settings, out: Output, slug: str, size: Size, seed: int) -> Made:
    out.say(zh="正在生成示例公司……", en="Making the demo company …")
    async with db.begin(statement_timeout=120) as tx:
        document = template("standard")
        await workspaces.create(tx, slug, document)

    def progress(done: int, total: int) -> None:
        out.progress(done, total, zh="已生成线索和商机", en="Leads and opportunities made")

    report = await build(db, slug, size, seed, files=Disk(settings.home / "files"), progress=progress)
    return Made(slug, report, await _people(db, document, report))


async def _people(db: Database, document: Document, report: Report) -> tuple[DemoPerson, ...]:
    found = []
    for role, login in report.logins.items():
        async with db.begin() as tx:
            row = await tx.one(identity_store.account_by_login(login))
        if row is not None:
            found.append(DemoPerson(login, row["name"], document.roles[role].label))
    return tuple(found)


def _offer_on_sign_in(settings: Settings, made: Made) -> None:
    """The sign-in page of this installation tells how to get in, until somebody takes the line out."""
    demo = Demo(made.login, made.report.password, made.people)
    offered = TypeAdapter(Demo).dump_json(demo).decode()
    file = settings.home / "settings.env"
    kept = file.read_text("utf-8") if file.exists() else ""
    file.write_text(f"{kept}JIELI_DEMO='{offered}'\n", "utf-8")
    file.chmod(0o600)


def _welcome(made: Made) -> tuple[str, str]:
    zh = [f"示例公司已就绪（工作区 {made.slug}），密码都是 {made.report.password}，账号："]
    en = [
        f"The demo company is ready (workspace {made.slug}). The password is {made.report.password}, the logins are:"
    ]
    zh += [f"  {person.login}  {person.name}  {person.role.zh}" for person in made.people]
    en += [f"  {person.login}  {person.name}  {person.role.en}" for person in made.people]
    return "\n".join(zh), "\n".join(en)
