import pytest

from jieli.identity.visitor import Visitor


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "address:203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "address:203.0.113.7"),
        ("", "address:"),
        ("unix socket", "address:unix socket"),
    ],
)
def test_failures_are_counted_by_address_and_by_network_where_one_has_many(
    address: str, network: str
) -> None:
    assert Visitor(address).network == network
