"""Checks of the machine and the settings, which need no database."""

import os
import platform
import shutil
import stat

from pydantic import ValidationError

from jieli.base import clock
from jieli.base.language import Message
from jieli.upkeep.archive import KEYS, SETTINGS
from jieli.upkeep.examine.finding import Finding, Installation, doubtful, right, wrong
from jieli.upkeep.manifest import LAST_BACKUP, LastBackup

GIGABYTE = 1024**3
LITTLE, SCARCE = GIGABYTE, 5 * GIGABYTE
OLD_BACKUP_DAYS = 2

PYTHON = Message("python", "Python {version}", "Python {version}")
HOME = Message("home", "{home} 可用，且不对其他人开放", "{home} can be used and is closed to others")
NO_HOME = Message("no_home", "文件夹 {home} 不存在", "There is no folder {home}")
SET_HOME = Message(
    "set_home",
    "检查环境变量 JIELI_HOME；新安装请运行 jieli serve",
    "Look at the variable JIELI_HOME; for a new installation run jieli serve",
)
HOME_CLOSED = Message(
    "home_not_usable", "当前账号不能读写 {home}", "This account can not read and write {home}"
)
RUN_AS_OWNER = Message(
    "run_as_owner", "请用运行接力的账号执行", "Run this by the account that Jieli runs under"
)
OPEN_TO_OTHERS = Message(
    "open_to_others",
    "机器上的其他账号可以进入 {path}",
    "Other accounts of this machine have access to {path}",
)
CLOSE_IT = Message("close_it", "运行：chmod {mode} {path}", "Run: chmod {mode} {path}")
DISK = Message("disk", "磁盘剩余 {free} GB", "{free} GB of the disk are free")
DISK_FULL = Message("disk_full", "磁盘只剩 {free} GB", "Only {free} GB of the disk are free")
MAKE_ROOM = Message(
    "make_room",
    "请清理或扩大磁盘；磁盘写满后无法保存任何内容",
    "Make room; on a full disk nothing can be saved",
)
WEB = Message("web", "Cookie 与代理的设置相符", "The settings for cookies and proxy fit together")
COOKIES_OPEN = Message(
    "cookies_open",
    "网址是 {url}，但登录 Cookie 也会经 HTTP 发送",
    "The address is {url}, but the session's cookie is sent over HTTP as well",
)
SECURE_COOKIES = Message(
    "secure_cookies",
    "在 settings.env 中设置 JIELI_SECURE_COOKIES=true",
    "Set JIELI_SECURE_COOKIES=true in settings.env",
)
COOKIES_LOST = Message(
    "cookies_lost",
    "网址是 {url}，而 Cookie 只经 HTTPS 发送：将无法登录",
    "The address is {url}, but cookies are sent over HTTPS only: nobody can sign in",
)
HTTPS_OR_NOT = Message(
    "https_or_not",
    "用 HTTPS 提供服务，或去掉 JIELI_SECURE_COOKIES",
    "Serve by HTTPS, or take out JIELI_SECURE_COOKIES",
)
NO_PROXY = Message(
    "no_proxy",
    "网址是 {url}，想必前面有代理，但没有读取代理给出的来访地址",
    "The address is {url}, so there is a proxy in front, but callers' addresses are not taken from it",
)
BEHIND_PROXY = Message(
    "behind_proxy",
    "在 settings.env 中设置 JIELI_BEHIND_PROXY=true，否则登录失败的限制会把所有人当作一个来源",
    "Set JIELI_BEHIND_PROXY=true in settings.env, or the limit on failed sign-ins takes all for one caller",
)
DEMO_SHOWN = Message(
    "demo_shown",
    "登录页公开显示示例账号与密码（JIELI_DEMO），而网址 {url} 可供他人访问",
    "The sign-in page shows the demo's login and password (JIELI_DEMO), and {url} is open to others",
)
HIDE_DEMO = Message(
    "hide_demo", "从 settings.env 中删去 JIELI_DEMO 一行", "Take the line JIELI_DEMO out of settings.env"
)
BACKUP = Message("backup", "上次备份在 {days} 天前：{file}", "The last backup is {days} days old: {file}")
BACKUP_UNKNOWN = Message(
    "backup_unknown", "这台机器还没有做过备份", "No backup has been made on this machine as yet"
)
BACKUP_GONE = Message("backup_gone", "上次的备份已不在 {file}", "The last backup is no longer at {file}")
MAKE_BACKUPS = Message(
    "make_backups",
    "每天运行 jieli backup，并把文件存到另一台机器（见部署指南）",
    "Run jieli backup every day and keep the file on another machine (see the deployment guide)",
)


def python(_place: Installation) -> list[Finding]:
    return [right(PYTHON, version=platform.python_version())]


def home(place: Installation) -> list[Finding]:
    if not place.home.is_dir():
        return [wrong(NO_HOME, SET_HOME, home=place.home)]
    if not os.access(place.home, os.R_OK | os.W_OK | os.X_OK):
        return [wrong(HOME_CLOSED, RUN_AS_OWNER, home=place.home)]
    # The account of PostgreSQL may have to walk through the home itself, when root starts it.
    private = (
        (place.home, 0o002, "o-w"),
        (place.home / "files", 0o007, "o-rwx"),
        (place.home / SETTINGS, 0o077, "600"),
        (place.home / KEYS, 0o077, "600"),
    )
    open_ones = [
        wrong(OPEN_TO_OTHERS, CLOSE_IT, path=path, mode=mode)
        for path, bits, mode in private
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & bits
    ]
    return open_ones or [right(HOME, home=place.home)]


def disk(place: Installation) -> list[Finding]:
    if not place.home.is_dir():
        return []
    free = shutil.disk_usage(place.home).free
    shown = f"{free / GIGABYTE:.1f}"
    if free < LITTLE:
        return [wrong(DISK_FULL, MAKE_ROOM, free=shown)]
    if free < SCARCE:
        return [doubtful(DISK_FULL, MAKE_ROOM, free=shown)]
    return [right(DISK, free=shown)]


def web(place: Installation) -> list[Finding]:
    url, found = place.public_url, []
    is_https = url.lower().startswith("https://")
    if is_https and not place.secure_cookies:
        found.append(wrong(COOKIES_OPEN, SECURE_COOKIES, url=url))
    if url and not is_https and place.secure_cookies:
        found.append(wrong(COOKIES_LOST, HTTPS_OR_NOT, url=url))
    if is_https and not place.behind_proxy:
        found.append(doubtful(NO_PROXY, BEHIND_PROXY, url=url))
    if url and place.shows_demo:
        found.append(wrong(DEMO_SHOWN, HIDE_DEMO, url=url))
    return found or [right(WEB)]


def last_backup(place: Installation) -> list[Finding]:
    """A backup made on another machine, or by other means, is not known here."""
    try:
        note = LastBackup.model_validate_json((place.home / LAST_BACKUP).read_bytes())
    except (OSError, ValidationError):
        return [doubtful(BACKUP_UNKNOWN, MAKE_BACKUPS)]
    days = (clock.now() - note.at).days
    if not os.path.exists(note.file):
        return [doubtful(BACKUP_GONE, MAKE_BACKUPS, file=note.file)]
    if days > OLD_BACKUP_DAYS:
        return [doubtful(BACKUP, MAKE_BACKUPS, days=days, file=note.file)]
    return [right(BACKUP, days=days, file=note.file)]
