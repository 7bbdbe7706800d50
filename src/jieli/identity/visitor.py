"""Where a request comes from, and what failures are counted by."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

DEVICE = "device:"
ADDRESS = "address:"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`device` is the token of a browser in which somebody has signed in before."""

    address: str = ""
    agent: str = ""
    device: str | None = None

    @property
    def network(self) -> str:
        """The address, or the network of an IPv6 address: whoever has one such address has 2⁶⁴ of them."""
        try:
            address = ip_address(self.address)
        except ValueError:
            return f"{ADDRESS}{self.address}"
        if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
            return f"{ADDRESS}{ip_network((address, 64), strict=False)}"
        return f"{ADDRESS}{getattr(address, 'ipv4_mapped', None) or address}"
