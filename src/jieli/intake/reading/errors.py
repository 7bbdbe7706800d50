"""Why a file cannot be read, each with what its owner can do about it."""

from jieli.base.errors import Invalid
from jieli.base.language import Message


class UnreadableFile(Invalid):
    """The base of the refusals of this package."""

    message = Message("reading.unreadable", "无法读取这个文件", "This file cannot be read")


class EmptyFile(UnreadableFile):
    message = Message(
        "reading.empty",
        "文件里没有数据，请选择有表头和内容的表格",
        "The file holds no data; choose a table with a header and rows",
    )


class FileTooBig(UnreadableFile):
    message = Message(
        "reading.too_big",
        "文件有 {megabytes} MB,超过上限 {limit} MB,请拆分后分批导入",
        "The file has {megabytes} MB, more than the limit of {limit} MB; split it and import the parts",
    )


class PasswordProtected(UnreadableFile):
    message = Message(
        "reading.password",
        "文件有密码保护，请在 Excel 或 WPS 中取消密码并另存，再导入",
        "The file is protected by a password; remove it in Excel or WPS, save, and import again",
    )


class DamagedFile(UnreadableFile):
    message = Message(
        "reading.damaged",
        "文件已损坏或格式不对，请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入",
        "The file is damaged or not what its name says; open it in Excel or WPS, save it as .xlsx, "
        "and import again",
    )


class NotATable(UnreadableFile):
    message = Message(
        "reading.not_a_table",
        "这是 {kind} 文件，不是表格；请选择 xlsx、xls、ods 或 csv 文件（压缩包请先解压）",
        "This is a {kind} file, not a table; choose an xlsx, xls, ods or csv file (unpack archives first)",
    )


class SaveAsXLSX(UnreadableFile):
    message = Message(
        "reading.save_as_xlsx",
        "文件是 {kind} 格式，请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入",
        "The file is in the {kind} format; open it in Excel or WPS, save it as .xlsx, and import again",
    )


class TooManyRows(UnreadableFile):
    message = Message(
        "reading.too_many_rows",
        "表格超过 {limit} 行，请拆分后分批导入",
        "The table has more than {limit} rows; split it and import the parts",
    )


class TooManyColumns(UnreadableFile):
    message = Message(
        "reading.too_many_columns",
        "第 {row} 行有 {columns} 列，超过上限 {limit} 列，请删除不需要的列",
        "Row {row} has {columns} columns, more than the limit of {limit}; delete the columns you do not need",
    )


class TooManyCells(UnreadableFile):
    message = Message(
        "reading.too_many_cells",
        "表格超过 {limit} 个单元格（空白的也算），请删除空白列和不需要的列，或拆分后分批导入",
        "The table has more than {limit} cells, blank ones included; delete blank columns and those you do not "
        "need, or split it and import the parts",
    )


class TooManySheets(UnreadableFile):
    message = Message(
        "reading.too_many_sheets",
        "文件有 {sheets} 个工作表，超过上限 {limit} 个，请把要导入的工作表另存为单独的文件",
        "The file has {sheets} sheets, more than the limit of {limit}; save the one to import as a file of its own",
    )


class CellTooLong(UnreadableFile):
    message = Message(
        "reading.cell_too_long",
        "第 {row} 行附近有单元格超过 {limit} 个字符，请缩短内容，或检查是否少了一个引号",
        "Near row {row} a cell is longer than {limit} characters; shorten it, or look for a missing quote",
    )


class LineTooLong(UnreadableFile):
    message = Message(
        "reading.line_too_long",
        "文件中有一行过长，不像表格；请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再导入",
        "A line of the file is too long for a table; check it in Excel or WPS, save it as .xlsx, "
        "and import again",
    )


class TooDemanding(UnreadableFile):
    message = Message(
        "reading.too_demanding",
        "读取这个文件需要的内存或时间超过上限；请删除多余的工作表和空白区域，拆分文件，或另存为 CSV 后再导入",
        "Reading this file needs more memory or time than allowed; delete surplus sheets and blank areas, "
        "split it, or save it as CSV and import again",
    )


class UnknownSheet(UnreadableFile):
    message = Message(
        "reading.unknown_sheet",
        "文件中没有名为“{sheet}”的工作表，请重新选择工作表",
        "The file has no sheet named “{sheet}”; choose another sheet",
    )


class UnknownOption(UnreadableFile):
    message = Message(
        "reading.unknown_option",
        "不支持“{value}”,请选择另一种编码或分隔符",
        "“{value}” is not supported; choose another encoding or delimiter",
    )


class UnknownHeaderRow(UnreadableFile):
    message = Message(
        "reading.unknown_header_row",
        "第 {row} 行不能作为表头：这一行不存在或是空的，请选择另一行",
        "Row {row} cannot be the header: it does not exist or is empty; choose another row",
    )
