"""How large a company is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """`opportunities` counts those that come about besides converted leads as well as those from them."""

    sales: int
    marketers: int
    experts: int
    success: int
    leads: int
    opportunities: int
    campaigns: int
    days: int

    @property
    def members(self) -> int:
        """With one manager for each region, two in operations and one administrator."""
        return self.sales + self.marketers + self.experts + self.success + len(REGIONS) + 3


REGIONS = ("华东", "华南", "华北", "西南")

SIZES = {
    "small": Size(8, 3, 3, 3, 240, 60, 6, 120),
    "demo": Size(20, 5, 4, 4, 3_000, 800, 24, 365),
    "1m": Size(200, 30, 30, 30, 2_000_000, 1_000_000, 600, 540),
}
