"""What the people of a State come across: every page and file of their request, and every mail to them."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import APIResponse

from tests.browser.person import Person
from tests.factories.cases import Made
from tests.support.mail import MailServer
from tests.support.pdf import words_of

#: A request has some thirty pages and files; more would be a list that never ends.
MOST: Final = 60


def nothing_of(words: tuple[str, ...], person: Person, case: Made, mails: MailServer) -> None:
    """See that no page or file of the request, and no mail, tells this person any of `words`; case does not matter.

    Args:
        person: has entered.
        case: every link of it is followed, and so are the home and the notices.
        mails: what it took for the person is read, too.
    """
    read = dict([*everything_read(person, case), *mails_to(person, mails)])
    found = [(where, word) for where, text in read.items() for word in words if word.lower() in text.lower()]
    assert not found, found
    for where in ("", "/consultations", "/messages", "/documents", "/consents", "/history", "/request.pdf"):
        assert f"/cases/{case.key}{where}" in read, f"{where} was not read: {sorted(read)}"


def everything_read(person: Person, case: Made) -> Iterator[tuple[str, str]]:
    """Follow every link of the request in the person's own session; yields address and text, as it was sent."""
    waiting, known = ["/home", "/notices"], set[str]()
    while waiting:
        path = waiting.pop(0)
        known.add(path)
        assert len(known) < MOST, sorted(known)
        answer = person.tab.request.get(path)
        assert answer.ok, (path, answer.status)
        yield path, _text_of(answer)
        waiting += [one for one in _links(answer, case) if one not in {*known, *waiting}]


def mails_to(person: Person, mails: MailServer) -> Iterator[tuple[str, str]]:
    """Every mail that the server took for this person: headers and all bodies."""
    for number, mail in enumerate(mails.to(person.member.email)):
        yield f"mail {number}: {mail['Subject']}", _text_of_mail(mail)


def _text_of(answer: APIResponse) -> str:
    if answer.headers["content-type"].startswith("application/pdf"):
        return words_of(answer.body())
    return answer.text()


def _text_of_mail(mail: EmailMessage) -> str:
    bodies = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *bodies])


def _links(answer: APIResponse, case: Made) -> list[str]:
    """Where the links of a page lead, as far as it is this request."""
    if not answer.headers["content-type"].startswith("text/html"):
        return []
    found = [str(one["href"]).split("#")[0] for one in BeautifulSoup(answer.text(), "lxml").select("a[href]")]
    return [one for one in dict.fromkeys(found) if f"{urlsplit(one).path}/".startswith(f"/cases/{case.key}/")]
