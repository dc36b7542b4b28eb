"""Own views of the queue: a list that a person gave a name, for that person alone."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from app.casework.commands import Command
from app.casework.content.fields import plain_text
from app.foundation.db import insert_unless_there, use_case
from app.foundation.errors import FieldError, InvalidCommand, NotFound
from app.triage.models import SavedView
from app.triage.queue_query import QueueQuery
from app.workflow.actor import Actor

#: More would be a second queue.
MOST_VIEWS = 20
NAME_LENGTH = 60


class SaveView(Command):
    """Give a list a name.

    Attributes:
        address: the parameters of the list's address.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH)] = Field(default="")
    address: dict[str, Any]

    @field_validator("name")
    @classmethod
    def _plain(cls, value: str) -> str:
        if not value:
            raise PydanticCustomError("missing", "a name is needed")
        return plain_text(value)


class DeleteView(Command):
    """Forget an own view; `key` is its public key."""

    key: str


def own_views(session: Session, actor: Actor) -> Sequence[Row[Any]]:
    """Return key, name and address of the person's own views, by name: one statement."""
    columns = (SavedView.key, SavedView.name, SavedView.address)
    mine = select(*columns).where(SavedView.user_id == actor.user_id)
    return session.execute(mine.order_by(func.lower(SavedView.name), SavedView.id)).all()


@use_case
def save_view(session: Session, actor: Actor, command: SaveView) -> None:
    """Keep a list under a name; another of the same name is replaced.

    Raises:
        InvalidCommand: the person has as many as can be kept.
    """
    address = QueueQuery.model_validate(command.address).address()
    names = session.scalars(select(SavedView.name).where(SavedView.user_id == actor.user_id)).all()
    if command.name not in names and len(names) >= MOST_VIEWS:
        raise InvalidCommand(FieldError("name", "too_many_views", {"most": MOST_VIEWS}))
    kept = insert_unless_there(session, SavedView).values(user_id=actor.user_id, name=command.name, address=address)
    same = [SavedView.user_id, SavedView.name]
    session.execute(kept.on_conflict_do_update(index_elements=same, set_={"address": address}))


@use_case
def delete_view(session: Session, actor: Actor, command: DeleteView) -> None:
    """Forget an own view.

    Raises:
        NotFound: the person has none with this key.
    """
    mine = delete(SavedView).where(SavedView.key == command.key, SavedView.user_id == actor.user_id)
    if session.scalar(mine.returning(SavedView.id)) is None:
        raise NotFound
