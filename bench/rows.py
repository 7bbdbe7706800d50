"""Leads as people enter them, with the companies, telephones and addresses of the synthetic company's own."""

from random import Random

from jieli.records import Values
from jieli.synthetic import words
from jieli.synthetic.truth import SOURCES


def lead(rng: Random, number: int) -> Values:
    """What is known of a lead. The company has the lead with this number, or nobody has."""
    name, industry, (_, province, city) = words.company(number)
    contact = words.person(rng)
    return {
        "name": f"{name} {contact}",
        "company": name,
        "contact_name": contact,
        "phone": words.mobile(number),
        "email": words.email(number),
        "job_title": rng.choice(words.JOBS),
        "source": rng.choice(list(SOURCES)),
        "industry": industry,
        "level": rng.choice("abc"),
        "address": {"province": province, "city": city, "district": "", "detail": "", "code": ""},
        "needs": rng.choice(words.NEEDS),
        "budget": words.money(rng.randrange(2, 80) * 10_000),
    }
