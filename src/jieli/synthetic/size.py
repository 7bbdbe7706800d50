"""How large a company is."""

from dataclasses import dataclass

REGIONS = ("华东", "华南", "华北", "西南")
NUMERALS = ("", "二", "三", "四", "五", "六", "七", "八", "九")
TOPS = 5
"""Departments besides the sales teams: head office, sales, marketing, product and customer success."""


@dataclass(frozen=True, slots=True)
class Size:
    """`opportunities` are those from leads and those that sales begins itself: so many in the end, or more when a
    small company has many leads. `teams` are the sales teams, each with its own department and manager."""

    sales: int
    marketers: int
    experts: int
    success: int
    leads: int
    opportunities: int
    campaigns: int
    days: int
    teams: int = len(REGIONS)

    @property
    def members(self) -> int:
        """With the managers of the teams, two in operations and one administrator."""
        return self.sales + self.marketers + self.experts + self.success + self.teams + 3

    @property
    def departments(self) -> int:
        return TOPS + self.teams

    @property
    def team_names(self) -> list[str]:
        """The regions, then the second team of each, the third, and so on."""
        ways = [f"{region}销售{numeral}部" for numeral in NUMERALS for region in REGIONS]
        return ways[: self.teams]


SIZES = {
    "small": Size(8, 3, 3, 3, 240, 60, 6, 120),
    "demo": Size(20, 5, 4, 4, 3_000, 800, 24, 365),
    "1m": Size(200, 20, 22, 20, 2_000_000, 1_000_000, 600, 540, teams=35),
}
