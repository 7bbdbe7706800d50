"""What can go wrong in the relay, in words."""

from collections.abc import Sequence

from jieli.base.errors import Conflict, Denied, Invalid, NotFound
from jieli.base.language import Message


class NoSuchMove(Invalid):
    message = Message(
        "no_such_move", "不能从「{source}」直接到「{to}」", "There is no move from “{source}” to “{to}”"
    )


class NotYourMove(Denied):
    message = Message(
        "not_your_move",
        "只有持棒人或有权的角色可以推进这一步",
        "Only the holder or a role named for it may make this move",
    )


class GateNotMet(Conflict):
    """Carries what is missing, so that the screen can ask for exactly that."""

    message = Message(
        "gate_not_met", "阶段「{stage}」还有内容没有完成", "The stage “{stage}” is not complete yet"
    )

    def __init__(self, fields: Sequence[str], deliverables: Sequence[str], **params: object) -> None:
        super().__init__(**params)
        self.fields = list(fields)
        self.deliverables = list(deliverables)


class HandOffNeeded(Conflict):
    message = Message(
        "handoff_needed", "这一步要交给「{role}」，请交棒", "This step goes to “{role}”: hand the record over"
    )


class NotTheHolder(Denied):
    message = Message("not_the_holder", "只有持棒人可以交棒", "Only the holder may hand the record over")


class AlreadyOffered(Conflict):
    message = Message("already_offered", "已经在等待对方接棒", "It is waiting to be taken over already")


class ActsOutOfOrder(Invalid):
    message = Message(
        "acts_out_of_order",
        "记录的经过必须按时间先后排列",
        "What happened to a record must be in the order of time",
    )


class NothingOffered(Invalid):
    message = Message("nothing_offered", "当时没有等待答复的交接", "Nothing was waiting for an answer then")


class WrongReceiver(Invalid):
    message = Message("wrong_receiver", "「{name}」不能接这一棒", "“{name}” cannot take this over")


class HandOffUnknown(NotFound):
    message = Message("handoff_unknown", "没有找到这次交接", "There is no such hand-off")


class HandOffAnswered(Conflict):
    message = Message(
        "handoff_answered",
        "这次交接已经处理过了：{state}",
        "This hand-off has been answered already: {state}",
    )


class ReasonNeeded(Invalid):
    message = Message("reason_needed", "请选择退回原因", "Choose a reason for returning it")


class UnknownDeliverable(NotFound):
    message = Message(
        "unknown_deliverable", "当前阶段没有这项交付物", "The current stage has no such deliverable"
    )


class NotStaged(Invalid):
    message = Message("not_staged", "该对象没有流程阶段", "This object has no stages")


STATES = {
    "offered": Message("state_offered", "等待接棒", "waiting"),
    "accepted": Message("state_accepted", "已接棒", "accepted"),
    "returned": Message("state_returned", "已退回", "returned"),
    "expired": Message("state_expired", "已过期", "expired"),
    "withdrawn": Message("state_withdrawn", "已撤回", "withdrawn"),
}
