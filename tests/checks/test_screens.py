"""The tour of all screens: what it looks for can be found."""

import re
from pathlib import Path

import pytest

from pictures import demo, intake, tour
from pictures.looks import LANGUAGES, PHONE, Language, Look, all_looks

WORD = re.compile(r'word\("([\w.]+)"\)')


def words() -> set[str]:
    sources = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in (tour, intake)]
    return {found for source in sources for found in WORD.findall(source)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_the_tour_looks_for_is_in_the_catalogue(language: Language) -> None:
    look = Look(PHONE, language, "light")
    assert len(words()) > 10
    for key in words():
        assert look.word(key)


def test_each_screen_has_a_name_of_its_own_and_a_known_person() -> None:
    names = [stop.name for stop in tour.TOUR]
    assert len(set(names)) == len(names)
    assert {stop.role for stop in tour.TOUR} <= {None, *demo.ROLES}


def test_the_looks_cover_width_language_and_theme() -> None:
    folders = {look.folder for look in all_looks()}
    assert len(folders) == 8
    assert {"1440-zh-light", "390-en-dark"} <= folders
