"""Who somebody is: accounts, passwords, sessions, invitations and membership. What they may do is `access`."""

from jieli.identity.accounts import (
    Account,
    account_of,
    change_account,
    change_password,
    create_account,
    set_password,
)
from jieli.identity.invites import invite, use_invite
from jieli.identity.members import add_member, memberships
from jieli.identity.sessions import SignedIn, session_of, sign_in, sign_out

__all__ = [
    "Account",
    "SignedIn",
    "account_of",
    "add_member",
    "change_account",
    "change_password",
    "create_account",
    "invite",
    "memberships",
    "session_of",
    "set_password",
    "sign_in",
    "sign_out",
    "use_invite",
]
