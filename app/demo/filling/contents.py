"""What the invented States write in filled cases: valid answers of every task, put together from phrases."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from app.casework.content.checking import LIGHT_TYPES
from app.casework.content.instruments import NORMATIVE
from app.demo.filling.cast import Home
from app.workflow.vocabulary import AssistanceType, Urgency

T = AssistanceType
#: Types that only another request can have.
_NOT_ALONE: Final = {T.FOLLOW_UP}
TYPES: Final = tuple(one for one in T if one not in _NOT_ALONE)
#: Of two hundred cases at least one asks for each type, whatever is drawn.
_EVERY: Final = 15
_LANGUAGES: Final = ("en", "en", "en", "fr", "es", "ru", "ar", "zh")


@cache
def phrases() -> dict[str, Any]:
    """Return the phrases of this package."""
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))


def draw_types(chance: Random, place: int) -> tuple[AssistanceType, ...]:
    """Return one to three types of assistance; by their places, cases take turns so that none is left out."""
    first = TYPES[place // _EVERY % len(TYPES)] if place % _EVERY == 0 else chance.choice(TYPES)
    others = [one for one in TYPES if one is not first]
    more = chance.sample(others, chance.choices((0, 1, 2), (6, 3, 1))[0])
    return tuple(sorted({first, *more}))


def content_of(
    chance: Random, home: Home, types: Sequence[AssistanceType], codes: Sequence[str], today: date, *, urgent: bool
) -> dict[str, dict[str, Any]]:
    """Return the answers of every task.

    Args:
        chance: where everything is drawn from.
        home: the State that asks.
        types: what for.
        codes: of the instruments that there are.
        today: from which days that lie ahead are counted.
    """
    listed = sorted(chance.sample(list(codes), chance.randint(1, 3)))
    content = {
        "who": _who(chance, home),
        "need": _need(chance, types, today, urgent=urgent),
        "details": _details(chance, types, home),
        "results": _results(chance, home, today),
        "rights": _rights(chance, types),
        "consents": {"ctc": True, "partners": chance.choice(("none", "all")), "public_summary": chance.random() < 0.5},
    }
    if frozenset(types) & NORMATIVE:
        content["instruments"] = {"list": listed, "nuclear_wanted": "later", "resolutions": ["1373"]}
    return content


def _who(chance: Random, home: Home) -> dict[str, Any]:
    words, person = phrases(), home.focal_point
    institution = chance.choice(words["institutions"])
    language = chance.choice(_LANGUAGES)
    contact = {
        "name": f"{chance.choice(words['given'])} {chance.choice(words['family'])}",
        "function": person.title or "Adviser",
        "institution": institution["name"],
        "email": person.email,
        "language": language,
    }
    kinds = chance.sample(words["institutions"], 2)
    return {"contact": contact, "beneficiaries": [dict(one) for one in kinds], "working_language": language}


def _need(chance: Random, types: Sequence[AssistanceType], today: date, *, urgent: bool) -> dict[str, Any]:
    words = phrases()
    kind = words["types"][types[0].value]
    subject = chance.choice(words["subjects"])
    title = chance.choice(kind["titles"]).format(subject=subject, audience=chance.choice(words["audiences"]))
    sentences = [chance.choice(kind["problems"]).format(subject=subject)]
    sentences += chance.sample(words["grounds"], 3)
    need: dict[str, Any] = {
        "title": f"{title} ({chance.choice(words['places'])})"[:160],
        "types": [one.value for one in types],
        "problem": " ".join(sentences),
        "urgency": (Urgency.URGENT if urgent else Urgency.ROUTINE).value,
    }
    if urgent:
        need["urgency_trigger"] = chance.choice(words["triggers"])
        need["urgency_date"] = (today + timedelta(days=chance.randint(20, 120))).isoformat()
    if chance.random() < 0.3:
        need["cted_recommendation"] = chance.choice(words["recommendations"])
    return need


def _details(chance: Random, types: Sequence[AssistanceType], home: Home) -> dict[str, Any]:
    words = phrases()
    people = [{"profession": "prosecutors", "number": chance.randint(10, 60), "level": "advanced"}]
    topics = sorted(chance.sample(["evidence", "extradition", "financing", "fair_trial", "offences"], 2))
    others = [code for code in words["neighbours"] if code != home.alpha3]
    sections: dict[AssistanceType, Callable[[], tuple[str, dict[str, Any]]]] = {
        T.RATIFICATION: lambda: (
            "ratification",
            {"stage": chance.choice(("cabinet", "parliament")), "reservation": chance.choice(("no", "under_study"))},
        ),
        T.INTERNATIONAL_COOPERATION: lambda: (
            "cooperation",
            {"authority": "Central Authority", "difficulties": chance.choice(words["difficulties"])},
        ),
        T.JOINT_VISIT: lambda: ("visit", {"report": chance.choice(words["recommendations"])[:200]}),
        T.TOOLS: lambda: (
            "tools",
            {"items": [{"tool": chance.choice(words["tools"]), "language": "en", "copies": chance.randint(5, 80)}]},
        ),
    }
    trained = (T.JUDICIAL_TRAINING, T.PROSECUTORIAL_TRAINING, T.ONLINE_COURSE, T.MENTORING)
    events = (T.REGIONAL_WORKSHOP, T.SUBREGIONAL_WORKSHOP, T.MINISTERIAL_CONFERENCE)
    sections |= {one: lambda: ("training", {"professions": people, "topics": topics}) for one in trained}
    sections |= {one: lambda: ("workshop", {"participating_states": others[:3]}) for one in events}
    return dict(sections[one]() for one in types if one in sections)


def _results(chance: Random, home: Home, today: date) -> dict[str, Any]:
    words = phrases()
    line = chance.choice(words["results"])
    start = today + timedelta(days=chance.randint(30, 200))
    return {
        "expected": [{**line, "target": "All", "by": (start + timedelta(days=120)).isoformat()}],
        "previous_none": True,
        "crime_links": [chance.choice(("organized_crime", "money_laundering", "corruption", "none"))],
        "justice_markers": [chance.choice(("courts", "prosecution", "central_authority"))],
        "window": {"start": start.isoformat(), "end": (start + timedelta(days=90)).isoformat()},
        "modality": "on_site",
        "place": {"city": chance.choice(words["places"]), "country": home.alpha3},
    }


def _rights(chance: Random, types: Sequence[AssistanceType]) -> dict[str, Any]:
    if frozenset(types) <= LIGHT_TYPES:
        return {"confirmed": True}
    given: dict[str, Any] = {f"q{number}": {"answer": "yes"} for number in range(1, 7)}
    if chance.random() < 0.2:
        given["q4"] = {"answer": "no", "remark": chance.choice(phrases()["remarks"])}
    return given
