"""Why a backup is not made or not brought back, in words."""

from jieli.base.errors import Conflict, Invalid, Unavailable
from jieli.base.language import Message


class NothingThere(Conflict):
    message = Message(
        "nothing_to_back_up", "这里还没有可备份的内容", "There is nothing here to back up as yet"
    )


class SeveralMachines(Unavailable):
    message = Message(
        "several_machines",
        "数据库是 Citus 集群，几台机器之间没有同一时刻的快照，请用其自带的备份",
        "The database is a cluster of Citus, which has no snapshot across its machines; use its own backups",
    )


class AlreadyWriting(Conflict):
    message = Message(
        "backup_already_running", "已有备份正在写 {file}", "Another backup is writing {file} just now"
    )


class CannotWrite(Unavailable):
    message = Message("backup_not_written", "无法写入 {file}：{reason}", "{file} cannot be written: {reason}")


class NoBackup(Invalid):
    message = Message("not_a_backup", "{file} 不是接力的备份", "{file} is not a backup of Jieli")


class DamagedBackup(Invalid):
    message = Message(
        "damaged_backup",
        "{file} 已损坏或不完整（{place}），没有做任何改动",
        "{file} is damaged or incomplete ({place}); nothing was changed",
    )


class NewerBackup(Invalid):
    message = Message(
        "newer_backup",
        "{file} 由接力 {theirs} 制作，比当前的 {ours} 新：请先升级接力",
        "{file} was made by Jieli {theirs}, which is newer than this {ours}: update Jieli first",
    )


class NotEmpty(Conflict):
    message = Message(
        "not_empty",
        "这里已有工作区（{workspaces}）。备份只能恢复到空的安装：请换一个 JIELI_HOME 或 DATABASE_URL",
        "There are workspaces here ({workspaces}). A backup is restored into an empty installation only: "
        "name another JIELI_HOME or DATABASE_URL",
    )


class InUse(Conflict):
    message = Message(
        "installation_in_use",
        "接力正在使用这个数据库（{names}）：请先停止",
        "Jieli is using this database ({names}): stop it first",
    )


class RestoreFailed(Unavailable):
    message = Message(
        "restore_failed",
        "恢复失败，已还原为空的安装：{reason}",
        "The restore failed and the installation is empty as before: {reason}",
    )


class NotArchiving(Conflict):
    message = Message(
        "not_archiving",
        "内置数据库没有在归档。请设置 JIELI_ARCHIVE 并重新启动接力；自备的数据库请用它自己的归档",
        "The embedded database is not being archived. Set JIELI_ARCHIVE and start Jieli again; "
        "a database of your own has its own means",
    )


class NoArchive(Invalid):
    message = Message("no_archive", "{folder} 里没有接力的归档", "There is no archive of Jieli in {folder}")


class NoBase(Invalid):
    message = Message(
        "no_base_backup",
        "归档 {folder} 里没有可用的基础备份；最早可以恢复到 {first}",
        "The archive {folder} has no base backup to begin with; the earliest moment is {first}",
    )


class DamagedBase(Invalid):
    message = Message(
        "damaged_base_backup",
        "基础备份 {file} 已损坏，没有做任何改动。可以改用更早的：{others}",
        "The base backup {file} is damaged; nothing was changed. Earlier ones are: {others}",
    )


class BrokenArchive(Invalid):
    message = Message(
        "broken_archive",
        "归档日志 {name} 缺失或已损坏，没有做任何改动。"
        "在它之前的最后一笔是 {last}：可以用 --to-time 恢复到早于此的时刻",
        "The file {name} of the archived log is missing or damaged; nothing was changed. The last transaction before "
        "it is of {last}: a moment before that can be restored with --to-time",
    )


class ArchiveEnds(Invalid):
    message = Message(
        "archive_ends",
        "归档里最后一笔是 {last}，早于要恢复到的时刻。要恢复归档里的全部内容，请不加 --to-time",
        "The last transaction in the archive is of {last}, before the moment asked for. "
        "For all there is leave out --to-time",
    )
