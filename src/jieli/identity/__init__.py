"""Who somebody is: accounts, passwords, second factors, sessions, tokens, invitations and membership, and what has
happened to an account. What they may do is `access`."""

from jieli.identity.accounts import Account, account_of, change_account, create_account
from jieli.identity.invites import invite, use_invite
from jieli.identity.members import add_member, memberships
from jieli.identity.password_changes import change_password, set_password
from jieli.identity.sessions import Credentials, Lifetime, SignedIn, session_of, sign_in, sign_out
from jieli.identity.tidy import SCHEDULES
from jieli.identity.visitor import Visitor

__all__ = [
    "SCHEDULES",
    "Account",
    "Credentials",
    "Lifetime",
    "SignedIn",
    "Visitor",
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
