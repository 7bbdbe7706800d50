import pytest

from jieli.base.vault import BadKey, Vault, WrongKey, new_key, require_key


def test_what_is_sealed_can_be_opened_again_and_not_be_read() -> None:
    vault = Vault([new_key()].copy)
    sealed = vault.seal("接力 secret")
    assert "secret" not in sealed
    assert vault.open(sealed) == "接力 secret"


def test_a_key_that_is_added_counts_at_once_and_old_secrets_stay_readable() -> None:
    keys = [new_key()]
    vault = Vault(lambda: keys)
    old = vault.seal("old")
    keys.insert(0, new_key())
    assert vault.open(old) == "old"
    fresh = vault.sealed_anew(old)
    assert Vault(lambda: keys[:1]).open(fresh) == "old"
    with pytest.raises(WrongKey):
        Vault(lambda: keys[:1]).open(old)


def test_another_installations_key_opens_nothing() -> None:
    sealed = Vault([new_key()].copy).seal("secret")
    other = Vault([new_key()].copy)
    with pytest.raises(WrongKey):
        other.open(sealed)
    with pytest.raises(WrongKey):
        other.sealed_anew(sealed)


@pytest.mark.parametrize("key", ["", "short", "x" * 44, "钥" * 44])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(BadKey):
        require_key(key)
