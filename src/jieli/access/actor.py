"""The one who acts: a member of a workspace with roles and a place in the organisation, or the system itself."""

from dataclasses import dataclass, replace
from uuid import UUID
from zoneinfo import ZoneInfo

from jieli.access import store
from jieli.base import clock
from jieli.base.errors import Denied
from jieli.base.language import Language, Message
from jieli.blueprint.model import Workspace
from jieli.db.pool import ReadTx, Record
from jieli.query.variables import Variables

SHANGHAI = ZoneInfo("Asia/Shanghai")


class NotAMember(Denied):
    message = Message(
        "not_a_member", "你不是该工作区的成员，或账号已停用", "You are not an active member here"
    )


@dataclass(frozen=True, slots=True)
class Actor:
    """`departments` is the own department, those headed, and everything below; `subordinates` everybody below
    in the chain of managers. The system has no member id and may do everything. `administers` is false for a
    program whose token leaves members, roles and definitions alone, whatever its member may do."""

    workspace: Workspace
    member: UUID | None
    name: str = ""
    roles: tuple[str, ...] = ()
    department: UUID | None = None
    departments: tuple[UUID, ...] = ()
    subordinates: tuple[UUID, ...] = ()
    account: UUID | None = None
    language: Language = Language.ZH
    zone: ZoneInfo = SHANGHAI
    channel: str = "web"
    administers: bool = True

    @property
    def is_system(self) -> bool:
        return self.member is None

    @property
    def variables(self) -> Variables:
        return Variables(
            self.member, self.department, self.departments, self.subordinates, clock.now(), self.zone
        )

    def through(self, channel: str) -> "Actor":
        return replace(self, channel=channel)


def system_actor(workspace: Workspace, channel: str = "job") -> Actor:
    """The program itself, for what happens by rule and not by hand."""
    return Actor(workspace, None, channel=channel, zone=workspace.context.zone)


async def load_actor(
    tx: ReadTx,
    workspace: Workspace,
    member: UUID,
    *,
    account: UUID | None = None,
    language: Language = Language.ZH,
    zone: ZoneInfo | None = None,
    channel: str = "web",
) -> Actor:
    """The member as an actor, in one statement. Raises NotAMember for the disabled and unknown."""
    found = await tx.one(store.member(workspace, member))
    if found is None:
        raise NotAMember
    return actor_from(
        found, workspace, member, account=account, language=language, zone=zone, channel=channel
    )


def actor_from(
    found: Record,
    workspace: Workspace,
    member: UUID,
    *,
    account: UUID | None = None,
    language: Language = Language.ZH,
    zone: ZoneInfo | None = None,
    channel: str = "web",
    administers: bool = True,
) -> Actor:
    """The member as an actor, for who has read `store.member` along with something else."""
    return Actor(
        workspace,
        member,
        name=found["name"],
        roles=tuple(found["roles"] or ()),
        department=found["department"],
        departments=tuple(found["departments"]),
        subordinates=tuple(found["subordinates"]),
        account=account,
        language=language,
        zone=zone or workspace.context.zone,
        channel=channel,
        administers=administers,
    )
