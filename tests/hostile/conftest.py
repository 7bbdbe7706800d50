"""The application and its people as the tests of the interface have them."""

from tests.api.conftest import _our_hooks, app, boss, eva, house, process, sam, sign_in, wes

__all__ = ["_our_hooks", "app", "boss", "eva", "house", "process", "sam", "sign_in", "wes"]
