"""The words that names, companies and conversations are made of. All are invented combinations."""

from decimal import Decimal
from random import Random

from jieli.fields.money import Money

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉萍红辉鹏飞宇浩然子涵欣怡梓轩诗琪俊佳雪梅晨曦思远"
CITIES = (
    ("上海", "上海市", "上海市"), ("杭州", "浙江省", "杭州市"), ("苏州", "江苏省", "苏州市"),
    ("南京", "江苏省", "南京市"), ("宁波", "浙江省", "宁波市"), ("深圳", "广东省", "深圳市"),
    ("广州", "广东省", "广州市"), ("东莞", "广东省", "东莞市"), ("佛山", "广东省", "佛山市"),
    ("北京", "北京市", "北京市"), ("天津", "天津市", "天津市"), ("青岛", "山东省", "青岛市"),
    ("成都", "四川省", "成都市"), ("重庆", "重庆市", "重庆市"), ("武汉", "湖北省", "武汉市"),
    ("长沙", "湖南省", "长沙市"),
)  # fmt: skip
BRANDS_A = "恒瑞华宏博腾晟嘉鼎泰科锐新元盛启明智联云创众信海天国立正隆金远东方"
BRANDS_B = "达通源信和丰成图维特诚迪凯越翔辰锋益康泽润航思普讯驰拓"
TRADES = (
    ("科技", "it"), ("信息技术", "it"), ("精密机械", "manufacturing"), ("电子", "manufacturing"),
    ("新材料", "manufacturing"), ("医疗器械", "health"), ("供应链管理", "transport"), ("贸易", "trade"),
    ("食品", "manufacturing"), ("教育科技", "education"), ("建设工程", "construction"), ("环保", "environment"),
)  # fmt: skip
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "集团有限公司")
JOBS = (
    "采购经理",
    "信息部经理",
    "总经理",
    "生产总监",
    "技术负责人",
    "行政主管",
    "IT 主管",
    "副总经理",
    "运营总监",
)
NEEDS = (
    "想把分散在几个表格里的客户统一管理，销售离职时能交接清楚。",
    "现有系统太慢，报表要等半天，希望当天就能看到漏斗。",
    "三个工厂的设备数据要接到一起，先做一条产线试点。",
    "需要私有部署，数据不能出公司，今年内上线。",
    "希望一套方案覆盖总部和四个分公司，分期实施。",
    "目前用手工排产，经常延误，想先看演示再定。",
    "要和财务系统对接，开票和回款能自动核对。",
)
TALKS = (
    "电话沟通，客户介绍了现状，约下周演示。",
    "上门拜访，见到了使用部门，他们最关心上线时间。",
    "微信发送了资料，客户说内部讨论后回复。",
    "线上演示 40 分钟，问了权限和移动端的问题。",
    "客户希望先试用一个月，已开通试用环境。",
    "讨论了报价，客户觉得实施费偏高。",
    "客户换了对接人，重新介绍了一遍方案。",
)
NEXT_STEPS = ("发送方案", "约演示", "确认预算", "约见决策人", "回复技术问题", "跟进合同流程", "安排试用")
SOLUTIONS = (
    "标准版加两个定制接口，六周上线。",
    "先上核心模块，三个月后扩展移动端。",
    "私有部署，双机热备，含培训三天。",
)
FEEDBACK = (
    "上线顺利，希望增加导出模板。",
    "响应快，建议多做使用培训。",
    "整体满意，移动端偶尔慢。",
    "正在推广到第二个部门。",
)
PRODUCTS = (
    ("接力云标准版", "JL-STD", 58_000, 21_000), ("接力云企业版", "JL-ENT", 168_000, 60_000),
    ("接力云旗舰版", "JL-ULT", 398_000, 150_000), ("数据集成服务", "JL-INT", 80_000, 45_000),
    ("实施服务包", "JL-IMP", 60_000, 38_000), ("移动外勤模块", "JL-MOB", 36_000, 9_000),
    ("智能报表模块", "JL-BI", 48_000, 12_000), ("年度维护服务", "JL-CARE", 30_000, 11_000),
)  # fmt: skip
CAMPAIGNS = (
    ("工业互联网展", "exhibition", "on_site"), ("数字化转型研讨会", "seminar", "on_site"),
    ("产品线上直播", "live_stream", "short_video"), ("搜索广告投放", "advertising", "search_engine"),
    ("行业白皮书", "content", "wechat"), ("老客户答谢会", "customer_event", "on_site"),
)  # fmt: skip


def person(rng: Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))


def company(number: int) -> tuple[str, str, tuple[str, str, str]]:
    """The number's own company: its name, its industry, and its city. The first four million differ, and neighbours
    do not look alike."""
    number = number * MIXED % COMPANIES
    number, third = divmod(number, len(BRANDS_B))
    number, first = divmod(number, len(BRANDS_A))
    number, second = divmod(number, len(BRANDS_B))
    number, trade = divmod(number, len(TRADES))
    found = CITIES[number]
    kind, industry = TRADES[trade]
    brand = BRANDS_A[first] + BRANDS_B[second] + BRANDS_B[third]
    form = FORMS[(second + third) % len(FORMS)]
    return f"{found[0]}{brand}{kind}{form}", industry, found


COMPANIES = len(CITIES) * len(BRANDS_A) * len(BRANDS_B) ** 2 * len(TRADES)
MIXED = 2_654_435_761
"""Shares no factor with COMPANIES, so that no two numbers meet."""
PREFIXES = ("138", "139", "150", "186", "188", "199", "133")
MAIL_HOSTS = 1_000


def mobile(number: int) -> str:
    """The number's own telephone."""
    rest, prefix = divmod(number, len(PREFIXES))
    return f"+86{PREFIXES[prefix]}{rest * 7_919 % 100_000_000:08d}"


def email(number: int) -> str:
    return f"contact{number}@example{number % MAIL_HOSTS}.com"


def staff_mobile(rng: Random) -> str:
    return rng.choice(PREFIXES) + f"{rng.randrange(10**8):08d}"


def money(amount: int) -> Money:
    return Money(Decimal(amount).quantize(Decimal("0.01")))
