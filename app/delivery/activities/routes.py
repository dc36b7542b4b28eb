"""The blueprint of this part of the slice with all its pages: `app.slices` registers it."""

from app.delivery.activities import correct_views, document_views, list_views, recommend_views, views

__all__ = ["bp", "correct_views", "document_views", "list_views", "recommend_views"]

bp = views.bp
