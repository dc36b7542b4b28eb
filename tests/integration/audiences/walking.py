"""One person's way through the world: every list once, the mails, and page by page through each case."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from flask import Flask
from flask.testing import FlaskClient

from tests.factories.clients import quick_client
from tests.factories.people import Member
from tests.integration.audiences.kinds import Readership
from tests.integration.audiences.world import Furnished, World
from tests.support.canaries import READS, as_text, faults_in, lists_for, mails_to, pages_of, read_at


def faults_of(app: Flask, world: World, name: str) -> list[str]:
    """What `name` finds and is not meant to, or does not find and is."""
    client, person, meant = quick_client(app, world.cast[name]), world.cast[name], READS[name]
    found = {path: read_at(app, client, path, as_text) for path in lists_for(app, person.actor)}
    found |= dict(mails_to(app, person))
    for furnished in world.cases:
        still = _all_meant(furnished, meant)
        still = None if still is None else {sign for sign in still if not _stands(sign, found.values())}
        found |= dict(_walked(app, client, person, furnished, still))
    return [
        f"{name} {fault} of {text.kind}, meant for {text.readers}"
        for furnished in world.cases
        for text in furnished.texts
        for fault in faults_in(found, text.signs, text.readers in meant)
    ]


def _all_meant(furnished: Furnished, meant: Collection[Readership]) -> set[str] | None:
    """The signs of a case in which every text is meant for the reader; None when some is not."""
    if any(text.readers not in meant for text in furnished.texts):
        return None
    return {sign for text in furnished.texts for sign in text.signs}


def _stands(sign: str, texts: Collection[str]) -> bool:
    return any(sign in text for text in texts)


def _walked(
    app: Flask, client: FlaskClient, person: Member, furnished: Furnished, still: set[str] | None
) -> Iterator[tuple[str, str]]:
    """The pages of a case: (where, text).

    Args:
        still: what has to be found yet by somebody who may find everything: nothing can be wrong with the pages after
            the last of it. None when something must not be found, so that every page counts.
    """
    for path in pages_of(app, furnished.case, person.actor):
        if still is not None and not still:
            return
        text = read_at(app, client, path, as_text)
        yield path, text
        if still is not None:
            still = {sign for sign in still if sign not in text}
