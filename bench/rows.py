"""The records of the company, as typed values for the write path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from jieli.fields.money import Money
from jieli.records import Values
from jieli.synthetic import words
from jieli.synthetic.people import Staff

WAY = ("assign", "confirm", "assess", "quote", "sign", "won", "feedback", "done")
STAGES = {
    "assign": 3, "confirm": 10, "assess": 5, "quote": 9, "sign": 4, "won": 2, "feedback": 7, "done": 28,
    "lost": 26, "void": 6,
}  # fmt: skip
LEAD_STAGES = {"new": 1, "following": 3, "qualified": 1, "converted": 43, "invalid": 52}
HOLDING = {"assign": "marketing", "assess": "expert", "feedback": "success", "new": "marketing"}
ENDED = frozenset({"done", "lost", "void", "converted", "invalid"})
CLOSED = ENDED | {"won", "feedback"}
SOURCES = ("referral", "exhibition", "website", "search_engine", "online_inquiry", "advertising")
LOSSES = ("competitor", "price", "no_budget", "function", "relationship", "needs_changed")
DELIVERIES = ("cloud", "on_site")
PREFIXES = ("138", "139", "150", "186", "188", "199", "133")
MAIL_HOSTS = 1_000
FIRST_LEAD = 300_000
"""Leads take their companies from here on, so that they are none of the accounts."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Who may own and hold records, and the time that has gone by. Records come in evenly over it."""

    rng: Random
    people: Staff
    start: datetime
    end: datetime

    def entry(self, number: int, count: int) -> datetime:
        return self.start + (self.end - self.start) * ((number + 0.5) / count)

    def since(self, entry: datetime) -> datetime:
        """A moment between entry and now, mostly soon after entry."""
        return entry + (self.end - entry) * self.rng.random() ** 3

    def holder(self, stage: str, owner: UUID) -> UUID | None:
        if stage in ENDED:
            return None
        role = HOLDING.get(stage)
        return self.rng.choice(self.people.by_role[role]) if role else owner


def company_name(number: int) -> tuple[str, str, tuple[str, str, str]]:
    """The number's own company: name, industry, city. The first two million differ."""
    number, city = divmod(number, len(words.CITIES))
    number, first = divmod(number, len(words.BRANDS_A))
    number, second = divmod(number, len(words.BRANDS_B))
    number, trade = divmod(number, len(words.TRADES))
    number, third = divmod(number, len(words.BRANDS_B))
    brand = words.BRANDS_A[first] + words.BRANDS_B[second] + words.BRANDS_B[third]
    kind, industry = words.TRADES[trade]
    form = words.FORMS[(second + third) % len(words.FORMS)]
    found = words.CITIES[city]
    return f"{found[0]}{brand}{kind}{form}", industry, found


def mobile(number: int) -> str:
    """The number's own telephone."""
    rest, prefix = divmod(number, len(PREFIXES))
    return f"+86{PREFIXES[prefix]}{rest * 7_919 % 100_000_000:08d}"


def accounts(owners: Owners, count: int) -> Iterator[Values]:
    rng, sellers = owners.rng, owners.people.by_role["sales"]
    for number in range(count):
        name, industry, _ = company_name(number)
        yield {
            "name": name,
            "industry": industry,
            "level": rng.choice("abc"),
            "owner": rng.choice(sellers),
            "created_at": owners.entry(number, count),
        }


def opportunities(owners: Owners, count: int, customers: Sequence[UUID]) -> Iterator[Values]:
    rng, sellers = owners.rng, owners.people.by_role["sales"]
    stages = rng.choices(list(STAGES), list(STAGES.values()), k=count)
    for number, stage in enumerate(stages):
        customer = number % len(customers)
        owner, entry = rng.choice(sellers), owners.entry(number, count)
        since = owners.since(entry)
        yield {
            "name": f"{company_name(customer)[0]} 第 {number // len(customers) + 1} 期",
            "account": customers[customer],
            "amount": Money(Decimal(rng.randrange(3, 120) * 10_000)),
            "expected_close": (since + timedelta(days=rng.randrange(20, 120))).date(),
            "source": rng.choice(SOURCES),
            "needs": rng.choice(words.NEEDS),
            "next_at": since + timedelta(days=rng.randrange(1, 30)),
            "next_action": rng.choice(words.NEXT_STEPS),
            "project_code": f"P{number:07d}",
            "delivery": rng.choice(DELIVERIES),
            "seats": rng.randrange(5, 500),
            "created_at": entry,
            "owner": owner,
            "holder": owners.holder(stage, owner),
            "stage": stage,
            "stage_since": since,
            **_ending(rng, stage, since),
        }


def _ending(rng: Random, stage: str, since: datetime) -> Values:
    if stage in ("lost", "void"):
        how: Values = {"loss_reason": rng.choice(LOSSES)} if stage == "lost" else {"void_reason": "not_real"}
        return {"closed_at": since, "reached": rng.choice(WAY[:5]), **how}
    return {"closed_at": since} if stage in CLOSED else {}


def leads(owners: Owners, count: int) -> Iterator[Values]:
    rng, sellers = owners.rng, owners.people.by_role["sales"]
    stages = rng.choices(list(LEAD_STAGES), list(LEAD_STAGES.values()), k=count)
    for number, stage in enumerate(stages):
        owner, entry = rng.choice(sellers), owners.entry(number, count)
        since = owners.since(entry)
        yield {
            **lead(rng, number),
            "created_at": entry,
            "owner": None if stage == "new" else owner,
            "holder": owners.holder(stage, owner),
            "stage": stage,
            "stage_since": since,
            **({"closed_at": since} if stage in CLOSED else {}),
        }


def lead(rng: Random, number: int) -> Values:
    """What is known of a lead. Its company and telephone are those of the number alone."""
    name, industry, (_, province, city) = company_name(number + FIRST_LEAD)
    contact = words.person(rng)
    return {
        "name": f"{name} {contact}",
        "company": name,
        "contact_name": contact,
        "phone": mobile(number),
        "email": f"contact{number}@example{number % MAIL_HOSTS}.com",
        "job_title": rng.choice(words.JOBS),
        "source": rng.choice(SOURCES),
        "industry": industry,
        "level": rng.choice("abc"),
        "address": {"province": province, "city": city, "district": "", "detail": "", "code": ""},
        "needs": rng.choice(words.NEEDS),
        "budget": Money(Decimal(rng.randrange(2, 80) * 10_000)),
    }
