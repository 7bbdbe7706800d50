import os
import stat
import threading
from pathlib import Path

import pytest

from jieli.base.vault import WrongKey, new_key
from jieli.upkeep import keyfile


def test_the_first_key_is_made_when_it_is_needed_and_is_closed_to_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sealed = keyfile.vault(home).seal("secret")
    assert stat.S_IMODE((home / keyfile.NAME).stat().st_mode) == 0o600
    assert keyfile.vault(home).open(sealed) == "secret"
    assert os.listdir(home) == [keyfile.NAME]


def test_processes_that_begin_at_the_same_time_have_one_key(tmp_path: Path) -> None:
    found: list[str] = []
    gate = threading.Barrier(8)

    def begin() -> None:
        gate.wait()
        found.extend(keyfile.begun(tmp_path))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_looking_for_a_key_makes_none(tmp_path: Path) -> None:
    sealed = keyfile.vault(tmp_path / "other").seal("secret")
    with pytest.raises(WrongKey):
        keyfile.vault(tmp_path / "home").open(sealed)
    assert not (tmp_path / "home").exists()


def test_a_new_key_goes_in_front_of_the_old_ones(tmp_path: Path) -> None:
    vault = keyfile.vault(tmp_path)
    sealed = vault.seal("secret")
    old = keyfile.keys(tmp_path)
    keyfile.add(tmp_path)
    assert keyfile.keys(tmp_path)[1:] == old
    assert len(old) == 1
    assert vault.open(sealed) == "secret"


def test_keys_of_the_settings_stand_for_the_file(tmp_path: Path) -> None:
    first, second = new_key(), new_key()
    assert keyfile.keys(tmp_path, f"{first}, {second}") == [first, second]
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("text", ["", "nonsense\n"])
def test_a_file_without_good_keys_is_told_and_never_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / keyfile.NAME).write_text(text)
    with pytest.raises(keyfile.BadKeys):
        keyfile.vault(tmp_path).seal("secret")
    assert (tmp_path / keyfile.NAME).read_text() == text
