"""Which stage of a process a cell means."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

from jieli.base.language import Language
from jieli.base.text import plain
from jieli.blueprint.document import Process
from jieli.fields import BadValue
from jieli.fields.cells import cell_text
from jieli.intake.imports.errors import UNKNOWN_STAGE
from jieli.intake.reading import Cell
from jieli.records import Values


class StageNames:
    """The stages of one process by everything they are called: key, label, or a word that usually means them."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._keys = dict(_usual(process))
        for stage in process.stages:
            self._keys |= {plain(name): stage.key for name in (stage.label.zh, stage.label.en, stage.key)}

    def read(self, cell: Cell) -> str:
        """The key of the stage. Raises BadValue."""
        text = cell_text(cell)
        found = self._keys.get(plain(text))
        if found is None:
            raise BadValue(UNKNOWN_STAGE, text=text[:40], stages=_Labels(self._process))
        return found

    def is_closed(self, cell: Cell) -> bool:
        """Whether the cell means a stage at which the record is no longer worked on for a decision."""
        if cell is None:
            return False
        key = self._keys.get(plain(str(cell)))
        return any(stage.key == key and stage.kind != "open" for stage in self._process.stages)


class _Labels:
    """The labels of all stages, as a parameter of a sentence in either language."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def pick(self, language: Language) -> str:
        labels = [stage.label.pick(language) for stage in self._process.stages]
        return ("、" if language is Language.ZH else ", ").join(labels)


def _usual(process: Process) -> Iterator[tuple[str, str]]:
    known = {stage.key for stage in process.stages}
    for entry in _entries():
        of_kind = [stage.key for stage in process.stages if stage.kind == entry.get("kind")]
        meant = [key for key in entry["stages"] if key in known] + of_kind
        if meant:
            yield from ((plain(word), meant[0]) for word in entry["words"])


@cache
def _entries() -> list[Values]:
    entries: list[Values] = yaml.safe_load(files(__package__).joinpath("stage_words.yaml").read_text("utf-8"))
    return entries
