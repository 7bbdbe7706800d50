"""Checks of the database and of what it says about files, jobs and processes."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from jieli.base import clock
from jieli.base.language import Message
from jieli.base.vault import Vault, WrongKey
from jieli.db.migrate import OLDEST, SchemaMismatch
from jieli.db.pool import ReadTx
from jieli.upkeep import store
from jieli.upkeep.examine.finding import Finding, Installation, doubtful, right, wrong
from jieli.upkeep.keyfile import BadKeys
from jieli.upkeep.pending import pending

SHANGHAI = ZoneInfo("Asia/Shanghai")
LATE_SECONDS = 600
CLOCK_DOUBTFUL, CLOCK_WRONG = 5.0, 60.0
ANNOUNCED_FROM = 11
"""The month in which the holidays of the next year are usually published."""
SETTLED_SECONDS = 86_400
SHOWN = 5

SERVER = Message("server", "PostgreSQL {version}", "PostgreSQL {version}")
SERVER_OLD = Message(
    "server_old",
    "PostgreSQL {version} 太旧，需要 {oldest} 以上",
    "PostgreSQL {version} is older than {oldest}",
)
UPDATE_SERVER = Message("update_server", "请升级数据库服务器", "Update the database server")
SAFE = Message(
    "safe", "数据库保证已保存的内容不丢失", "The database keeps what was saved through a loss of power"
)
UNSAFE = Message(
    "unsafe",
    "数据库的 {name} 已关闭，断电会损坏数据",
    "{name} of the database is off: a loss of power damages the data",
)
SWITCH_ON = Message("switch_on", "在 postgresql.conf 中打开 {name}", "Switch {name} on in postgresql.conf")
NO_CHECKSUMS = Message(
    "no_checksums",
    "数据库没有开启校验和，磁盘的损坏会无人察觉",
    "The database keeps no checksums: damage by the disk goes unnoticed",
)
ENABLE_CHECKSUMS = Message(
    "enable_checksums",
    "停止数据库后运行 pg_checksums --enable",
    "Stop the database and run pg_checksums --enable",
)
SCHEMA = Message("schema", "数据库结构是最新的", "The structure of the database is that of this version")
SCHEMA_OLD = Message(
    "schema_old",
    "数据库结构还有 {count} 项更新未执行（{names}）",
    "{count} changes of the structure have not been made yet ({names})",
)
RUN_MIGRATE = Message(
    "run_migrate",
    "先备份，再运行 jieli migrate，或重新启动接力",
    "Make a backup, then run jieli migrate, or start Jieli again",
)
SCHEMA_NEWER = Message(
    "schema_newer", "数据库结构与程序不符：{reason}", "The database does not fit this program: {reason}"
)
UPDATE_JIELI = Message("update_jieli", "请升级接力", "Update Jieli")
CLOCK = Message(
    "clock",
    "与数据库的时钟相差 {seconds} 秒",
    "The clock differs from that of the database by {seconds} seconds",
)
SET_CLOCKS = Message(
    "set_clocks",
    "在两台机器上开启时间同步（如 timedatectl set-ntp true）",
    "Have both machines set their clocks by the network (timedatectl set-ntp true)",
)
QUEUE = Message("queue", "待办任务 {due} 个，没有延误", "{due} jobs are due, none is late")
QUEUE_LATE = Message(
    "queue_late",
    "待办任务 {due} 个，最早的已延误 {minutes} 分钟",
    "{due} jobs are due, the oldest for {minutes} minutes",
)
START_WORKER = Message(
    "start_worker",
    "启动 jieli serve 或 jieli worker，并查看其日志",
    "Start jieli serve or jieli worker, and look at its log",
)
JOBS_FAILED = Message(
    "jobs_failed", "有 {failed} 个任务多次失败后已放弃", "{failed} jobs were given up after several failures"
)
SEE_LOG = Message("see_log", "请查看后台进程的日志", "Look at the log of the worker")
WORKER = Message("worker", "后台进程在运行", "A worker is at work")
NOT_SERVING = Message("not_serving", "接力没有在运行", "Jieli is not running")
START_IT = Message("start_it", "运行 jieli serve", "Run jieli serve")
NO_WORKER = Message(
    "no_worker",
    "网页在运行，但没有后台进程：导入、提醒与时限都停住了",
    "The web server runs without a worker: imports, reminders and limits stand still",
)
FILES = Message("files", "{count} 个附件都在", "All {count} uploaded files are there")
FILES_MISSING = Message(
    "files_missing",
    "缺少 {count} 个附件（{names}）",
    "{count} uploaded files are missing ({names})",
)
FIND_FILES = Message(
    "find_files",
    "从备份中取回，放到 {folder} 下同名的位置",
    "Take them from a backup and put them below {folder} under the same name",
)
FILES_ORPHANED = Message(
    "files_orphaned",
    "{folder} 中有 {count} 个文件没有任何记录引用，共 {megabytes} MB",
    "{count} files in {folder} belong to no record, {megabytes} MB in all",
)
MAY_DELETE = Message(
    "may_delete",
    "多为中断的上传；备份之后可以删除",
    "They are mostly of uploads that were cut off; after a backup they may be deleted",
)
CALENDAR = Message("calendar", "各工作区都有 {year} 年的节假日", "All workspaces know the holidays of {year}")
CALENDAR_MISSING = Message(
    "calendar_missing",
    "工作区 {names} 没有 {year} 年的节假日与调休，时限会按普通的周末计算",
    "The workspaces {names} do not know the holidays of {year}; limits count ordinary weeks",
)
UPDATE_CALENDAR = Message(
    "update_calendar",
    "升级接力以获得新的节假日，或由管理员录入",
    "Update Jieli for the new holidays, or have an administrator enter them",
)
SECRETS = Message("secrets", "{count} 项加密保存的机密可以解开", "{count} sealed secrets can be opened")
SECRETS_SHUT = Message(
    "secrets_shut",
    "{count} 项加密保存的机密无法解开：有两步验证的人将无法登录",
    "{count} sealed secrets can not be opened: people with a second factor cannot sign in",
)
KEYS_BAD = Message("keys_bad", "{place} 中的密钥无法使用", "The keys in {place} cannot be used")
BRING_KEYS = Message(
    "bring_keys",
    "把原来安装的 secret.key 放到 {home}（每台机器都要相同），或为这些人重置两步验证",
    "Put the secret.key of the original installation into {home}, the same on each machine, "
    "or reset the second factors of these people",
)


async def server(_place: Installation, tx: ReadTx) -> list[Finding]:
    number = await tx.value(store.server_version())
    version = f"{number // 10_000}.{number % 10_000}"
    if number // 10_000 < OLDEST:
        return [wrong(SERVER_OLD, UPDATE_SERVER, version=version, oldest=OLDEST)]
    return [right(SERVER, version=version)]


async def safety(_place: Installation, tx: ReadTx) -> list[Finding]:
    off = [row["name"] for row in await tx.all(store.server_settings()) if row["setting"] != "on"]
    found = [wrong(UNSAFE, SWITCH_ON, name=name) for name in off if name != "data_checksums"]
    if "data_checksums" in off:
        found.append(doubtful(NO_CHECKSUMS, ENABLE_CHECKSUMS))
    return found or [right(SAFE)]


async def schema(_place: Installation, tx: ReadTx) -> list[Finding]:
    try:
        missing = await pending(tx)
    except SchemaMismatch as error:
        return [wrong(SCHEMA_NEWER, UPDATE_JIELI, reason=error.params["reason"])]
    names = missing.migrations + [
        f"{slug}: {number}" for slug, all_ in missing.workspaces.items() for number in all_
    ]
    if names:
        return [doubtful(SCHEMA_OLD, RUN_MIGRATE, count=len(names), names=_shown(names))]
    return [right(SCHEMA)]


async def clocks(_place: Installation, tx: ReadTx) -> list[Finding]:
    before = clock.now()
    theirs = await tx.value(store.present())
    middle = before + (clock.now() - before) / 2
    apart = abs((theirs - middle).total_seconds())
    if apart >= CLOCK_DOUBTFUL:
        level = wrong if apart >= CLOCK_WRONG else doubtful
        return [level(CLOCK, SET_CLOCKS, seconds=f"{apart:.1f}")]
    return [right(CLOCK, seconds=f"{apart:.1f}")]


async def queue(_place: Installation, tx: ReadTx) -> list[Finding]:
    row = await tx.one(store.queue())
    assert row is not None
    late = (clock.now() - row["since"]).total_seconds() if row["since"] else 0.0
    found = [right(QUEUE, due=row["due"])]
    if late > LATE_SECONDS:
        found = [wrong(QUEUE_LATE, START_WORKER, due=row["due"], minutes=round(late / 60))]
    if row["failed"]:
        found.append(doubtful(JOBS_FAILED, SEE_LOG, failed=row["failed"]))
    return found


async def processes(_place: Installation, tx: ReadTx) -> list[Finding]:
    names = {row["name"] for row in await tx.all(store.connected())}
    if any(name.startswith("jieli worker") for name in names):
        return [right(WORKER)]
    if any(name.startswith("jieli web") for name in names):
        return [wrong(NO_WORKER, START_WORKER)]
    return [doubtful(NOT_SERVING, START_IT)]


async def files(place: Installation, tx: ReadTx) -> list[Finding]:
    folder = place.home / "files"
    meant: set[str] = set()
    for row in await tx.all(store.workspaces()):
        meant |= {one["sha256"] for one in await tx.all(store.contents(row["schema"]))}
    there = {path.name: path for path in _kept(folder)}
    found = [right(FILES, count=len(meant))]
    if missing := sorted(meant - there.keys()):
        names = _shown(f"{name[:2]}/{name}" for name in missing)
        found = [wrong(FILES_MISSING, FIND_FILES, count=len(missing), names=names, folder=folder)]
    # An upload is on disk a moment before its record is.
    young = clock.now().timestamp() - SETTLED_SECONDS
    sizes = [stat.st_size for name in there.keys() - meant if (stat := there[name].stat()).st_mtime < young]
    if sizes:
        megabytes = f"{sum(sizes) / 1024**2:.1f}"
        found.append(
            doubtful(FILES_ORPHANED, MAY_DELETE, count=len(sizes), folder=folder, megabytes=megabytes)
        )
    return found


def _kept(folder: Path) -> Iterator[Path]:
    """Uploaded content, and what is left of uploads that were cut off; imports have folders of their own."""
    yield from folder.glob("incoming-*")
    for part in folder.glob("[0-9a-f][0-9a-f]"):
        yield from part.iterdir()


async def calendar(_place: Installation, tx: ReadTx) -> list[Finding]:
    today = clock.now().astimezone(SHANGHAI)
    years = [today.year] + ([today.year + 1] if today.month >= ANNOUNCED_FROM else [])
    known: dict[str, set[int]] = {}
    for row in await tx.all(store.workspaces()):
        known[row["slug"]] = {one["year"] for one in await tx.all(store.calendar_years(row["schema"]))}
    found = []
    for year in years:
        lacking = [slug for slug, there in known.items() if year not in there]
        level = wrong if year == today.year else doubtful
        if lacking:
            found.append(level(CALENDAR_MISSING, UPDATE_CALENDAR, year=year, names=_shown(lacking)))
        else:
            found.append(right(CALENDAR, year=year))
    return found


def _shown(names: Iterator[str] | list[str]) -> str:
    listed = list(names)
    more = f" … +{len(listed) - SHOWN}" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more


async def secrets(place: Installation, tx: ReadTx) -> list[Finding]:
    """That this machine can open what is sealed; each machine of an installation needs the same keys."""
    sealed = [row["totp_secret"] for row in await tx.all(store.sealed())]
    try:
        shut = sum(not _opens(place.vault, text) for text in sealed)
    except BadKeys as error:
        return [wrong(KEYS_BAD, BRING_KEYS, place=error.params["place"], home=place.home)]
    if shut:
        return [wrong(SECRETS_SHUT, BRING_KEYS, count=shut, home=place.home)]
    return [right(SECRETS, count=len(sealed))]


def _opens(vault: Vault, sealed: str) -> bool:
    try:
        vault.open(sealed)
    except WrongKey:
        return False
    return True
