"""Hangs the slice into an application; composition registers the blueprint and lists the jobs."""

from __future__ import annotations

from flask import Flask

from app.notifications.parts import Notifications, RenderParams
from app.notifications.sender import deliver_due
from app.notifications.task_queue import TaskQueue
from app.notifications.unread import unread_notices
from config.settings import Settings


def init_notifications(app: Flask, settings: Settings, *, render_params: RenderParams) -> None:
    """Give `app` its notifications.

    Args:
        app: the application.
        settings: mail server, sender address, base URL and where the task queue stands.
        render_params: makes links and codes of messages about accounts when they leave.
    """
    queue = TaskQueue(app, settings, deliver_due)
    app.extensions["notifications"] = Notifications(settings, queue, render_params)
    app.context_processor(unread_notices)
