"""What a command says: sentences in the language of LANG, or one JSON object for programs."""

import os
import sys
from dataclasses import dataclass
from typing import Annotated

import orjson
import typer

from jieli.base.errors import JieliError
from jieli.base.language import Language
from jieli.records.model import Values


def language() -> Language:
    """That of the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    given = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return Language.ZH if given.lower().startswith("zh") else Language.EN


def words(*, zh: str, en: str) -> str:
    return zh if language() is Language.ZH else en


JSON = Annotated[
    bool,
    typer.Option(
        "--json", help=words(zh="最后一行输出一个 JSON 对象", en="Print one JSON object as the last line")
    ),
]


@dataclass(frozen=True, slots=True)
class Output:
    """Standard output holds the answer alone; what is said on the way goes to standard error."""

    as_json: bool = False

    def say(self, *, zh: str, en: str) -> None:
        typer.echo(words(zh=zh, en=en), err=True)

    def progress(self, done: int, total: int, *, zh: str, en: str) -> None:
        """One line that is written over, only where somebody is looking."""
        if sys.stderr.isatty():
            end = "\n" if done >= total else ""
            typer.echo(f"\r{words(zh=zh, en=en)} {done:,} / {total:,}{end}", err=True, nl=False)

    def answer(self, values: Values, *, zh: str, en: str) -> None:
        typer.echo(orjson.dumps(values, default=str) if self.as_json else words(zh=zh, en=en))


def complain(error: JieliError, *, as_json: bool) -> None:
    """The refusal with every problem, on standard error; for programs also as JSON."""
    tongue = language()
    problems = [{"path": p.path, "code": p.code, "text": p.text(tongue)} for p in error.problems]
    typer.echo(error.text(tongue), err=True)
    for problem in problems:
        typer.echo(
            f"  {problem['path']}: {problem['text']}" if problem["path"] else f"  {problem['text']}", err=True
        )
    if as_json:
        typer.echo(orjson.dumps({"error": error.code, "message": error.text(tongue), "problems": problems}))
