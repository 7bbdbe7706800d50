"""The metric dictionary: what each number means, its unit, and which direction is good.

Screens print the definition beside the number, so that nobody argues about what was counted.
"""

from dataclasses import dataclass
from typing import Literal

from jieli.blueprint.document import Label
from jieli.records import Values

Unit = Literal["count", "money", "percent", "duration"]
Direction = Literal["up", "down"]
Number = int | float | str | None
"""A count, a percentage or seconds as a number; money as a decimal text."""


@dataclass(frozen=True, slots=True)
class Metric:
    """`direction` is the one that is good; None where neither is."""

    key: str
    label: Label
    definition: Label
    unit: Unit = "count"
    direction: Direction | None = "up"

    def as_json(self) -> Values:
        return {
            "key": self.key,
            "label": self.label.model_dump(),
            "definition": self.definition.model_dump(),
            "unit": self.unit,
            "direction": self.direction,
        }

    def change(self, value: Number, previous: Number) -> Values | None:
        """How much it differs from before: of percentages in points, of all else in percent of what it was."""
        if value is None or previous is None:
            return None
        now, was = float(value), float(previous)
        if self.unit == "percent":
            found, unit = round(now - was, 2), "points"
        elif was:
            found, unit = round((now - was) / abs(was) * 100, 1), "percent"
        else:
            return None
        good = None if not found or self.direction is None else (found > 0) is (self.direction == "up")
        return {"value": found, "unit": unit, "good": good}


def percent(part: float, whole: float) -> float | None:
    """13.5 for 13.5 %; None where there is nothing to take a part of."""
    return round(part / whole * 100, 2) if whole else None


def _metric(
    key: str,
    zh: tuple[str, str],
    en: tuple[str, str],
    unit: Unit = "count",
    direction: Direction | None = "up",
) -> Metric:
    return Metric(key, Label(zh=zh[0], en=en[0]), Label(zh=zh[1], en=en[1]), unit, direction)


_ALL = (
    _metric(
        "collected",
        ("收集线索", "期间内新建的线索数。"),
        ("Leads collected", "Leads created in the period."),
    ),
    _metric(
        "converted",
        ("已转化", "期间内新建的线索中，到现在已经转为客户的条数。"),
        ("Converted", "Of the leads created in the period, those converted by now."),
    ),
    _metric(
        "invalid",
        ("无效线索", "期间内新建的线索中，到现在已判为无效的条数。"),
        ("Invalid", "Of the leads created in the period, those found invalid by now."),
        direction="down",
    ),
    _metric(
        "in_progress",
        ("跟进中", "期间内新建的线索中，还没有结果的条数。不算作流失。"),
        ("In progress", "Of the leads created in the period, those still undecided. They are not counted as lost."),
        direction=None,
    ),
    _metric(
        "lead_rate",
        ("线索转化率", "期间内新建的线索中已转化的占比。仍在跟进的也在分母里，所以新近的期间会偏低。"),
        (
            "Lead conversion",
            "Converted out of all leads created in the period. Undecided ones are in the denominator, so recent "
            "periods look low.",
        ),
        "percent",
    ),
    _metric(
        "lead_rate_decided",
        ("线索转化率（已有结果）", "期间内新建且已有结果的线索中，转化的占比。"),
        ("Lead conversion, decided", "Converted out of the leads created in the period that are decided by now."),
        "percent",
    ),
    _metric(
        "leads_converted",
        ("转化线索", "期间内转为客户的线索数，不论何时新建。"),
        ("Leads converted", "Leads converted in the period, whenever they were created."),
    ),
    _metric(
        "new_opportunities",
        ("新增商机", "期间内新建的商机数。"),
        ("New opportunities", "Opportunities created in the period."),
    ),
    _metric(
        "won",
        ("赢单数", "期间内关闭、结果为赢单的商机数。"),
        ("Deals won", "Opportunities closed in the period as won."),
    ),
    _metric(
        "won_amount",
        ("赢单金额", "期间内赢单的商机的商机金额合计，按本位币。"),
        ("Amount won", "Sum of the amounts of the opportunities won in the period, in the workspace's currency."),
        "money",
    ),
    _metric(
        "lost",
        ("输单数", "期间内关闭、结果为输单的商机数。作废的不算。"),
        ("Deals lost", "Opportunities closed in the period as lost. Void ones do not count."),
        direction="down",
    ),
    _metric(
        "lost_amount",
        ("输单金额", "期间内输单的商机的商机金额合计，按本位币。"),
        ("Amount lost", "Sum of the amounts of the opportunities lost in the period, in the workspace's currency."),
        "money",
        "down",
    ),
    _metric(
        "win_rate",
        ("赢单率", "期间内赢单数 ÷（赢单数 + 输单数）。作废的不算。"),
        ("Win rate", "Deals won ÷ (won + lost) in the period. Void ones do not count."),
        "percent",
    ),
    _metric(
        "cycle",
        (
            "成交周期",
            "期间内赢单的商机，从新建到赢单的工作时间的中位数。导入时缺少日期的不算。",
        ),
        (
            "Sales cycle",
            "Median working time from creation to win, of the opportunities won in the period. Those imported "
            "without dates do not count.",
        ),
        "duration",
        "down",
    ),
    _metric(
        "first_leg",
        (
            "线索按时分配率",
            "期间内新建、已过首个阶段时限或已离开首个阶段的线索中，在时限（出厂为 24 小时）内离开的占比。时限未到、"
            "尚未分配的不算；在首个阶段内判为无效的和随文件带来结果的也不算。",
        ),
        (
            "Leads assigned in time",
            "Of the leads created in the period that have left the first stage or overstayed it, those that left "
            "it within its limit (24 hours as shipped). Leads whose time is not up do not count, nor do those "
            "found invalid at once or imported further on.",
        ),
        "percent",
    ),
    _metric(
        "handoff_accepted",
        ("已接棒", "期间内被接受的交接次数。"),
        ("Hand-offs accepted", "Hand-offs accepted in the period."),
    ),
    _metric(
        "handoff_in_time",
        ("及时接棒", "期间内在截止时间前被接受的交接次数。"),
        ("Accepted in time", "Hand-offs accepted in the period before they were due."),
    ),
    _metric(
        "handoff_on_time",
        (
            "交接及时率",
            "期间内结束的交接中，在截止时间前得到答复（接受或退回）的占比。到期未答复的算不及时，撤回的不算。",
        ),
        (
            "Hand-offs answered in time",
            "Of the hand-offs that ended in the period, those accepted or returned before they were due. Expired "
            "ones count as late, withdrawn ones do not count.",
        ),
        "percent",
    ),
    _metric(
        "handoff_returned",
        ("交接退回率", "期间内得到答复的交接中，被退回的占比。退回多半是资料不全，即沟通差错。"),
        (
            "Hand-offs returned",
            "Of the hand-offs answered in the period, those returned; mostly because something was missing, so "
            "this is the rate of errors in communication.",
        ),
        "percent",
        "down",
    ),
    _metric(
        "follow_ups",
        ("跟进次数", "期间内的跟进记录数，按跟进时间。"),
        ("Follow-ups", "Follow-ups noted, by their time."),
    ),
    _metric(
        "entered",
        (
            "进入阶段",
            "期间内新建的记录中，到过这个阶段或更后阶段的条数。跳过的阶段也算到过；退回不减少。导入时已关闭、没有"
            "过程的记录：赢单算到过前面全部阶段，输单和作废只算进入流程。",
        ),
        (
            "Reached",
            "Of the records created in the period, those that have been in this stage or a later one. A stage that "
            "was skipped counts as reached, and going back takes nothing away. Of records imported closed, won "
            "ones have reached all before, lost and void ones only the beginning.",
        ),
    ),
    _metric(
        "conversion",
        ("到下一阶段", "到过下一阶段的 ÷ 到过本阶段的。仍停在本阶段的也在分母里。"),
        ("To the next stage", "Reached the next stage ÷ reached this one. Those still here are in the denominator."),
        "percent",
    ),
    _metric(
        "conversion_decided",
        ("到下一阶段（已有去向）", "到过下一阶段的 ÷ 到过本阶段且不再停在此处的。新近的期间看这个。"),
        (
            "To the next stage, decided",
            "Reached the next stage ÷ reached this one and no longer waiting here. Look at this one for recent "
            "periods.",
        ),
        "percent",
    ),
    _metric(
        "overall",
        ("总转化", "到过本阶段的 ÷ 进入流程的。"),
        ("Of all", "Reached this stage ÷ entered the process."),
        "percent",
    ),
    _metric(
        "stage_time",
        (
            "阶段用时",
            "每一棒在本阶段的工作时间的中位数，只算已经结束的棒，n 为棒数。还没结束的不混进来：它们只会越来越长。",
        ),
        (
            "Time in stage",
            "Median working time of a leg in this stage, of the n legs that have ended. Those still running are "
            "left out: they can only get longer.",
        ),
        "duration",
        "down",
    ),
    _metric(
        "held",
        ("在手", "此人现在持棒的记录数。"),
        ("In hand", "Records this person holds now."),
        direction=None,
    ),
    _metric(
        "overdue",
        ("超时", "现在已超过阶段时限的记录数。"),
        ("Overdue", "Records that are over the limit of their stage now."),
        direction="down",
    ),
    _metric(
        "blocked",
        ("卡住", "现在标记为卡住的记录数。"),
        ("Blocked", "Records that are marked as blocked now."),
        direction="down",
    ),
)  # fmt: skip

METRICS = {metric.key: metric for metric in _ALL}


def described(*keys: str) -> list[Values]:
    """The entries for the columns of a report."""
    return [METRICS[key].as_json() for key in keys]
