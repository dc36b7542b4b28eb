"""What every act needs: the words of the case, who acts, and what the page of the act would have carried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.demo.content import Script, script
from app.demo.people import Player
from app.demo.stage import Stage, backstage
from app.documents.letters import Draft, Sent
from app.workflow.actor import Actor


class OnStage:
    """A case whose words are the script `name`; people are named by their login.

    Attributes:
        script: what is written in it.
        key: public key, once it was begun.
        stage: where it is played.
    """

    def __init__(self, stage: Stage, name: str) -> None:
        self.script: Script = script(name)
        self.key = ""
        self.stage = stage

    def player(self, login: str) -> Player:
        """Return who acts."""
        return self.stage.players[login]

    def actor(self, login: str) -> Actor:
        """Return who acts, as use cases know them."""
        return self.player(login).actor

    def version(self) -> int:
        """Return the version that a page of the case would show."""
        with backstage() as session:
            shown = select(AssistanceRequest.version).where(AssistanceRequest.key == self.key)
            return session.scalars(shown).one()

    def id_select(self) -> ScalarSelect[int]:
        """Return the id of the case, as a part of a select."""
        return select(AssistanceRequest.id).where(AssistanceRequest.key == self.key).scalar_subquery()

    def shown(self) -> dict[str, Any]:
        """Return the two fields of nearly every command: key and version of the case."""
        return {"key": self.key, "version": self.version()}

    def letter(self, compose: Callable[[Session], Draft | None]) -> Sent:
        """Render a letter as its page would.

        Raises:
            LookupError: there is nothing to write about.
        """
        with backstage() as session:
            if (draft := compose(session)) is None:
                raise LookupError("there is nothing to write about")
        return draft.sent()
