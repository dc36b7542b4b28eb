"""Both sides write about a request (slice `correspondence`)."""

from __future__ import annotations

from sqlalchemy import select

from app.casework.audiences import readable_by
from app.correspondence import services as correspondence
from app.correspondence.commands import MarkRead, WriteMessage
from app.correspondence.models import Message
from app.demo.acts.on_stage import OnStage
from app.demo.stage import backstage


class Writing(OnStage):
    """Acts of whoever sees the case."""

    def read_messages(self, login: str) -> None:
        """Read what stands on the messages tab."""
        actor = self.actor(login)
        with backstage() as session:
            readable = Message.audience.in_(readable_by(actor))
            newest = select(Message.key).where(Message.case_id == self.id_select(), readable)
            seen = session.scalars(newest.order_by(Message.id.desc()).limit(1)).one()
        correspondence.mark_read(actor, MarkRead(key=self.key, newest=seen))

    def write(self, login: str, number: int) -> None:
        """Write the message with this number in the script, from 1."""
        command = WriteMessage(key=self.key, **self.script.messages[number - 1])  # type: ignore[arg-type]
        correspondence.write_message(self.actor(login), command)
