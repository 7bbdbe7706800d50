"""The examination of an installation."""

import asyncio

import typer

from jieli import __version__
from jieli.commands.output import JSON, Output, language
from jieli.commands.place import run
from jieli.db import server
from jieli.db.archive import Archive
from jieli.settings import Settings, direct_address, load, vault_of
from jieli.upkeep.examine.examination import examine
from jieli.upkeep.examine.finding import Finding, Installation, Level

MARKS = {Level.RIGHT: "✓", Level.DOUBTFUL: "!", Level.WRONG: "✗"}


def doctor(as_json: JSON = False) -> None:
    """Say what is right and what is wrong here. Exits with 1 when something is wrong."""
    settings = load()
    found = run(_examined(settings))
    tongue = language()
    count = {level.value: sum(one.level is level for one in found) for level in Level}
    told = [
        {"code": one.code, "level": one.level, "text": one.text(tongue), "advice": one.what_to_do(tongue)}
        for one in found
    ]
    listed = "\n".join(_line(one) for one in found)
    Output(as_json).answer(
        {"jieli": __version__, "home": str(settings.home), **count, "findings": told},
        zh=f"{listed}\n正常 {count[Level.RIGHT]}，注意 {count[Level.DOUBTFUL]}，问题 {count[Level.WRONG]}",
        en=f"{listed}\n{count[Level.RIGHT]} right, {count[Level.DOUBTFUL]} doubtful, {count[Level.WRONG]} wrong",
    )
    if count[Level.WRONG]:
        raise typer.Exit(1)


def _line(one: Finding) -> str:
    advice = one.what_to_do(language())
    return f"{MARKS[one.level]} {one.text(language())}" + (f"\n    → {advice}" if advice else "")


async def _examined(settings: Settings) -> list[Finding]:
    place = Installation(
        home=settings.home,
        is_embedded=settings.database_url is None,
        address=lambda: direct_address(settings),
        vault=vault_of(settings),
        public_url=settings.public_url,
        secure_cookies=settings.secure_cookies,
        behind_proxy=settings.behind_proxy,
        shows_demo=settings.demo is not None,
        archive=Archive(settings.archive) if settings.archive else None,
    )
    try:
        return await examine(place)
    finally:
        if place.is_embedded:
            await asyncio.to_thread(server.stop, settings.home)
