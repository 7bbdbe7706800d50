"""What can go wrong at the door, in words that do not tell strangers who has an account."""

from jieli.base.errors import Conflict, Denied, Invalid, NotFound
from jieli.base.language import Message


class SignedOut(Denied):
    message = Message("signed_out", "请先登录", "Please sign in")


class WrongPassword(Denied):
    message = Message("wrong_password", "账号或密码不对", "The login or the password is wrong")


class Locked(Denied):
    message = Message(
        "locked",
        "尝试次数过多，请 {minutes} 分钟后再试",
        "Too many attempts, please try again in {minutes} minutes",
    )


class SecondFactorNeeded(Denied):
    """The password was right; what is missing is the code."""

    message = Message(
        "second_factor_needed", "请输入验证器应用里的验证码", "Please enter the code of your authenticator"
    )


class WrongCode(Denied):
    message = Message("wrong_code", "验证码不对，或已经用过", "The code is wrong, or it has been used before")


class NoSecondFactor(Conflict):
    message = Message("no_second_factor", "还没有开启两步验证", "There is no second factor as yet")


class SecondFactorOn(Conflict):
    message = Message(
        "second_factor_on",
        "两步验证已经开启，请先关闭",
        "There is a second factor already; remove it first",
    )


class SecondFactorRequired(Denied):
    message = Message(
        "second_factor_required",
        "该工作区要求两步验证，请先开启",
        "This workspace demands a second factor; please set one up",
    )


class PasswordMustChange(Denied):
    message = Message(
        "password_must_change", "请先修改初始密码", "Please change the first password before anything else"
    )


class SessionUnknown(NotFound):
    message = Message("session_unknown", "没有这个登录会话", "There is no such session")


class TokenUnknown(NotFound):
    message = Message("token_unknown", "没有这个令牌", "There is no such token")


class TokenMayNot(Denied):
    message = Message(
        "token_may_not", "此令牌的权限不包括这项操作", "The scope of this token does not include this"
    )


class LoginTaken(Conflict):
    message = Message("login_taken", "账号「{login}」已被使用", "The login “{login}” is taken")


class InviteUnknown(NotFound):
    message = Message("invite_unknown", "邀请链接无效或已过期", "The invitation is not valid or has expired")


class AccountUnknown(NotFound):
    message = Message("account_unknown", "没有这个账号", "There is no such account")


class AlreadyMember(Conflict):
    message = Message("already_member", "该账号已是成员", "This account is a member already")


class NotYoursToReset(Denied):
    message = Message(
        "not_yours_to_reset",
        "这个账号的权限超出你的范围，不能由你重置密码",
        "This account opens more than you have; you may not reset its password",
    )


class BadPassword(Invalid):
    message = Message("bad_password", "密码不符合要求", "The password does not meet the rules")


TOO_SHORT = Message("password_too_short", "密码至少 {min} 位", "At least {min} characters")
TOO_LONG = Message("password_too_long", "密码最多 {max} 位", "At most {max} characters")
TOO_COMMON = Message("password_too_common", "这个密码太容易被猜到", "This password is too easy to guess")
BAD_TOKEN_NAME = Message("bad_token_name", "请填写名称", "Give it a name")
MIXED_LOGIN = Message(
    "mixed_login",
    "账号不能混用拉丁、西里尔和希腊字母，它们看起来一样，请只用其中一种",
    "A login must not mix Latin, Cyrillic and Greek letters, which look alike; use one kind only",
)
BAD_LOGIN = Message(
    "bad_login", "账号为 2 到 100 个字符，不含空格", "A login has 2 to 100 characters and no spaces"
)
