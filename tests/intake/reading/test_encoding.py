"""Names must come out as they were written, whatever the program that saved them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.intake.reading.encoding import Encoding, detect_encoding
from jieli.intake.reading.errors import LineTooLong, NotATable
from tests.intake.reading.conftest import cells_of, names_of, read_text

CHINESE = "客户名称,手机\n上海接力科技有限公司,13800138000\n张三丰,13900139000\n"
RUSSIAN = "Имя;Город\nИван;Москва\nПётр;Казань\n"
GERMAN = "Name;Straße\nMüller;Königsallee\nGröße;Übung\n"
FRENCH = "nom,prénom\nLefèvre,Hélène\n"
BIG5 = "客戶,電話\n臺灣積體電路製造,02-1234\n王小明,台北市\n"
JAPANESE = "顧客,電話\n株式会社テスト,03-1234\nサンプル,東京都港区\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "gbk"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        (CHINESE, "utf-32"),
        (CHINESE, "utf-32-le"),
        (CHINESE, "utf-32-be"),
        ("姓名,电话\n㐀䶮,1\n", "gb18030"),
        ("客户\n张\n", "gbk"),
        (RUSSIAN, "cp1251"),
        (GERMAN, "cp1252"),
        (FRENCH, "latin-1"),
        (BIG5, "big5"),
        (JAPANESE, "cp932"),
    ],
)
def test_a_table_reads_the_same_in_every_encoding(text: str, encoding: str) -> None:
    table, plain = read_text(text, encoding), read_text(text)
    assert (names_of(table), cells_of(table)) == (names_of(plain), cells_of(plain))


def test_the_first_chinese_character_may_come_late() -> None:
    rows = "Acme,1\n" * 200_000
    table = read_text(f"company,n\n{rows}上海接力科技有限公司,2\n腾达集团,3\n", "gbk")
    assert (table.encoding, cells_of(table)[-1]) == ("gb18030", ["腾达集团", "3"])


@pytest.mark.parametrize(("encoding", "broken"), [("utf-8", b"\xe4\xb8,x\n"), ("gb18030", b"\xe4,x\n")])
def test_a_damaged_byte_does_not_spoil_the_rest(tmp_path: Path, encoding: str, broken: bytes) -> None:
    path = tmp_path / "damaged.csv"
    path.write_bytes((CHINESE * 20).encode(encoding) + broken)
    assert detect_encoding(path) == Encoding(encoding, damaged=True)


def test_damaged_text_is_warned_of() -> None:
    table = read_text(CHINESE, "gbk", encoding="utf-8")
    assert [problem.code for problem in table.warnings] == ["reading.damaged_text"]


def test_a_chosen_encoding_is_used() -> None:
    table = read_text("이름,전화\n삼성전자,02\n", "euc_kr", encoding="euc_kr")
    assert names_of(table) == ["이름", "전화"]


def test_stray_nul_bytes_are_dropped() -> None:
    assert cells_of(read_text("姓名,电话\n张\0三,1\n李四,2\0\n")) == [["张三", "1"], ["李四", "2"]]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(NotATable):
        read_text("".join(map(chr, range(1, 9))) * 100)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jieli.intake.reading.encoding.MAX_LINE_BYTES", 3_000_000)
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b"x" * 5_000_000)
    with pytest.raises(LineTooLong):
        detect_encoding(path)


EVERYDAY = st.text(
    st.sampled_from("客户名称联系人电话上海北京有限公司科技张王李赵经理的是在了和"), min_size=2, max_size=8
)


@given(
    rows=st.lists(st.tuples(EVERYDAY, EVERYDAY), min_size=3, max_size=20),
    encoding=st.sampled_from(["gbk", "utf-8", "utf-16-le"]),
)
def test_everyday_chinese_is_recognised_in_any_mixture(rows: list[tuple[str, str]], encoding: str) -> None:
    text = "".join(f"{left},{right}\n" for left, right in rows)
    table = read_text(text, encoding, header_row=0, delimiter=",")
    assert cells_of(table) == [list(row) for row in rows]
