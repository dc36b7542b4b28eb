"""Words of activities and of the people who came."""

from flask_babel import lazy_gettext as _l

from app.delivery.activities.vocabulary import ActivityStatus, Gender

STATUS_TEXTS = {
    ActivityStatus.PLANNED: _l("Planned"),
    ActivityStatus.CONFIRMED: _l("Begun"),
    ActivityStatus.HELD: _l("Held"),
    ActivityStatus.CANCELLED: _l("Cancelled"),
}
STATUS_TONES = {
    ActivityStatus.PLANNED: "neutral",
    ActivityStatus.CONFIRMED: "info",
    ActivityStatus.HELD: "success",
    ActivityStatus.CANCELLED: "warn",
}
GENDER_TEXTS = {
    Gender.WOMEN: _l("Women"),
    Gender.MEN: _l("Men"),
    Gender.NOT_STATED: _l("Not stated"),
}
