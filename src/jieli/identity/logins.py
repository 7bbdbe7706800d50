"""What people sign in with, in the one form in which it is kept and looked up."""

import unicodedata

from jieli.base.errors import Invalid, Problem
from jieli.base.text import normalise
from jieli.identity.errors import BAD_LOGIN, MIXED_LOGIN

_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK")


def as_login(written: str) -> str:
    """Width, case and invisible characters make no other login."""
    return normalise(written)[:100]


def new_login(written: str) -> str:
    """The login for a new account. Raises Invalid for what no login can be, or what would look like another one."""
    login = normalise(written)
    if not 2 <= len(login) <= 100 or not login.isprintable() or " " in login:
        raise Invalid(Problem("login", BAD_LOGIN))
    if len(_scripts(login)) > 1:
        raise Invalid(Problem("login", MIXED_LOGIN))
    return login


def _scripts(login: str) -> set[str]:
    names = (unicodedata.name(char, "") for char in login)
    return {script for name in names for script in _LOOK_ALIKE if name.startswith(script)}
