"""The command line: the list of all commands, and what becomes of errors."""

import sys

import typer

from jieli.base.errors import Invalid, JieliError
from jieli.commands import (
    archives,
    backups,
    benches,
    chores,
    company,
    doctor,
    importing,
    keys,
    records,
    serving,
    workspaces,
)
from jieli.commands.output import complain, words

app = typer.Typer(
    help=words(
        zh="接力：自己部署的商机接力平台", en="Jieli: opportunities as a relay race, on your own server"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
workspace = typer.Typer(help=words(zh="工作区", en="Workspaces"), no_args_is_help=True)
member = typer.Typer(help=words(zh="成员", en="Members"), no_args_is_help=True)
app.add_typer(workspace, name="workspace")
app.add_typer(member, name="member")

app.command(help=words(zh="启动网页和后台", en="Serve the web pages and work on jobs"))(serving.serve)
app.command(help=words(zh="只启动后台", en="Only work on jobs"))(serving.worker)
app.command("run", help=words(zh="启动；首次带示例公司", en="Serve, with a demo company at first"))(
    company.run_demo
)
app.command(help=words(zh="生成示例公司", en="Make a demo company"))(company.demo)
app.command(help=words(zh="更新数据库结构", en="Bring the database up to this version"))(workspaces.migrate)
app.command("import", help=words(zh="导入表格", en="Bring a spreadsheet in"))(importing.import_file)
app.command(help=words(zh="导出记录", en="Write records to a file"))(records.export)
app.command(help=words(zh="撤销一次操作", en="Take back a batch"))(records.undo)
app.command(help=words(zh="核对数据", en="Verify the data of a workspace"))(records.verify)
app.command(help=words(zh="备份整个安装", en="Write everything into one file"))(backups.backup)
app.command(help=words(zh="向归档添加基础备份", en="Add a base backup to the archive"))(archives.archive)
app.command(help=words(zh="把备份恢复到空的安装", en="Bring a backup into an empty installation"))(
    backups.restore
)
app.command(help=words(zh="更换加密机密的密钥", en="Change the key of what is sealed"))(keys.rekey)
app.command(help=words(zh="检查安装是否正常", en="Say what is right and what is wrong here"))(doctor.doctor)
app.command(help=words(zh="与 PostgreSQL 自身的极限比较", en="Measure against PostgreSQL's own limit"))(
    benches.bench
)
app.command(help=words(zh="输出 HTTP 接口说明", en="Print the HTTP interface"))(chores.openapi)
workspace.command(help=words(zh="新建工作区", en="Make a workspace"))(workspaces.create)
member.command(help=words(zh="加入成员", en="Add a member"))(workspaces.add)


def main() -> None:
    """Refusals become a sentence and an exit code: 2 when what was asked must be changed, else 1."""
    try:
        app()
    except JieliError as error:
        complain(error, as_json="--json" in sys.argv)
        raise SystemExit(2 if isinstance(error, Invalid) else 1) from None
