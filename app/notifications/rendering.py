"""A mail's words, made when it leaves, in its recipient's language (architecture, decision 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any, Final
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.foundation.clock import now
from app.foundation.formatting import date_text, moment_text, number
from app.foundation.i18n import DEFAULT, is_offered
from app.notifications.messages import MessageTemplate, placeholders_of, template_of
from app.notifications.models import Notice, OutboxMessage
from app.notifications.params import WHEN, parse_when
from app.notifications.parts import parts

CASE_PATH = "/cases/{key}"
#: Where people choose which mails they get; mails lead there instead of changing anything by one click.
CHOICES_PATH: Final = "/notices/settings"
#: Lines of one digest; the list of notices has them all.
MOST_LINES: Final = 100


class MessageIsOver(Exception):
    """What the message announces is over (a code that expired); it is not sent."""


class UnusableAddress(Exception):
    """No mail can be sent to this address; whoever keeps the account must mend it."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a digest says of one case, or of what belongs to none.

    Attributes:
        heading: the case's number, or words for a draft, which has none.
        link: absolute URL.
        lines: subjects, each once.
    """

    heading: str
    link: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A message in one language.

    Attributes:
        subject: one line.
        paragraphs: plain text.
        button: the words of the link; None without link.
        link: absolute URL; None without link.
        groups: of a digest: what happened, by case.
        choices: absolute URL of the page where one chooses; None for mails that come in any case.
    """

    subject: str
    paragraphs: tuple[str, ...]
    button: str | None
    link: str | None
    groups: tuple[Group, ...] = ()
    choices: str | None = None


def compose(
    session: Session, message: OutboxMessage, user: User | None, items: Sequence[OutboxMessage] | None = None
) -> EmailMessage:
    """Make the mail: plain text with an HTML alternative, in `user`'s language.

    Args:
        session: for what accounts answers.
        message: its row.
        user: to whom it goes; None for the address of an office, which is written to in English.
        items: of a digest: what it lists.

    Raises:
        UnknownMessage: no template has the message's code any more.
        MessageIsOver: whoever makes its link says that there is nothing to send.
        UnusableAddress: the recipient's address is not one.
    """
    settings = parts().settings
    template = template_of(message.code)
    link, secret = _link_and_secret(session, message, user, template)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.mail_from
    mail["To"] = _address(user.email if user is not None else message.address or "")
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<{message.message_id}@{_sender_domain(settings.mail_from, settings.base_url)}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    language = user.locale if user is not None and is_offered(user.locale) else DEFAULT
    with force_locale(language):
        words = in_words(template, message.params, link=link, secret=secret)
        if message.for_id is not None:
            stands_in = _("You get this message because you stand in for a colleague who is away.")
            words = replace(words, paragraphs=(*words.paragraphs, stands_in))
        if user is not None and (template.can_wait or items is not None):
            words = replace(words, groups=_groups(items or ()), choices=_absolute(CHOICES_PATH))
            mail["List-Unsubscribe"] = f"<{words.choices}>"
        mail["Subject"] = words.subject
        environment = current_app.jinja_env
        mail.set_content(environment.get_template("mail/message.txt").render(words=words))
        mail.add_alternative(environment.get_template("mail/message.html").render(words=words), subtype="html")
    mail["Content-Language"] = language  # last: setting content removes every Content- header
    return mail


def in_words(
    template: MessageTemplate, params: Mapping[str, Any], *, link: str | None = None, secret: str | None = None
) -> Words:
    """Return `template` in the current language; paragraphs that name something not given are left out."""
    values = {name: shown(name, value) for name, value in params.items()}
    if secret is not None:
        values["secret"] = secret
    body = (str(paragraph) for paragraph in template.body)
    return Words(
        subject=str(template.subject) % values,
        paragraphs=tuple(text % values for text in body if placeholders_of(text) <= values.keys()),
        button=str(template.button) if template.button is not None and link else None,
        link=link,
    )


def notice_text(notice: Notice) -> str:
    """Return the line of `notice` in the current language.

    Raises:
        UnknownMessage: no template has its code any more.
    """
    return in_words(template_of(notice.code), notice.params).subject


def notice_path(notice: Notice) -> str | None:
    """Return where the line of `notice` leads: the case's page, a fixed page, or nowhere."""
    return _path(template_of(notice.code), notice.case_key, notice.params)


def shown(name: str, value: Any) -> str:
    """Return one stored parameter in words of the current language."""
    if name in WHEN:
        when = parse_when(value)
        return moment_text(when) if isinstance(when, datetime) else date_text(when)
    return number(value) if isinstance(value, int) else str(value)


def _groups(items: Iterable[OutboxMessage]) -> tuple[Group, ...]:
    found: dict[tuple[str | None, str | None], dict[str, str | None]] = {}
    for item in list(items)[:MOST_LINES]:
        template = template_of(item.code)
        line = in_words(template, item.params).subject
        if item.for_id is not None:
            line = _("%(notice)s (you stand in for a colleague)", notice=line)
        number = item.params.get("number")
        found.setdefault((item.case_key, number), {})[line] = _path(template, item.case_key, item.params)
    return tuple(
        Group(number or _draft_or_other(key), _absolute(_case_or_page(key, lines)), tuple(lines))
        for (key, number), lines in found.items()
    )


def _draft_or_other(case_key: str | None) -> str:
    return str(_("A request that was not submitted yet") if case_key else _("Beside your requests"))


def _case_or_page(case_key: str | None, lines: Mapping[str, str | None]) -> str | None:
    return CASE_PATH.format(key=case_key) if case_key else next(iter(lines.values()))


def _link_and_secret(
    session: Session, message: OutboxMessage, user: User | None, template: MessageTemplate
) -> tuple[str | None, str | None]:
    if template.from_accounts:
        made = parts().render_params(session, user, message.code, message.params)
        if made is None:
            raise MessageIsOver(message.code)
        return _absolute(made.get("link")), made.get("secret")
    return _absolute(_path(template, message.case_key, message.params)), None


def _path(template: MessageTemplate, case_key: str | None, params: Mapping[str, Any]) -> str | None:
    if case_key is None:
        return template.path.format(key=params.get("key")) if template.path is not None else None
    page = CASE_PATH.format(key=case_key)
    return f"{page}/{template.tab}" if template.tab else page


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except (ValueError, IndexError, MessageError) as problem:
        raise UnusableAddress from problem


def _absolute(link: str | None) -> str | None:
    """Links stand below the configured base URL, never below the Host that somebody sent."""
    return parts().settings.base_url + link if link is not None and link.startswith("/") else link


def _sender_domain(mail_from: str, base_url: str) -> str:
    return parseaddr(mail_from)[1].rpartition("@")[2] or urlsplit(base_url).hostname or "localhost"
