"""Words of activities and of the people who came."""

from flask_babel import lazy_gettext as _l

from app.delivery.activities.vocabulary import ActivityStatus, Gender
from app.delivery.vocabulary import RecommendationStatus
from app.foundation.texts import register_texts
from app.workflow.vocabulary import Audience

STATUS_TEXTS = {
    ActivityStatus.PLANNED: _l("Planned"),
    ActivityStatus.CONFIRMED: _l("Confirmed"),
    ActivityStatus.HELD: _l("Held"),
    ActivityStatus.CANCELLED: _l("Cancelled"),
}
STATUS_TONES = {
    ActivityStatus.PLANNED: "neutral",
    ActivityStatus.CONFIRMED: "info",
    ActivityStatus.HELD: "success",
    ActivityStatus.CANCELLED: "warn",
}
#: Of one that began and is not over: word and tone.
BEGUN = (_l("Under way"), "info")
GENDER_TEXTS = {
    Gender.WOMEN: _l("Women"),
    Gender.MEN: _l("Men"),
    Gender.NOT_STATED: _l("Not stated"),
}
RECOMMENDED_TEXTS = {
    RecommendationStatus.OPEN: _l("Open"),
    RecommendationStatus.DONE: _l("Done"),
    RecommendationStatus.DROPPED: _l("Given up"),
}
#: Who reads a line of the log.
READER_TEXTS = {
    Audience.TPB_ONLY: _l("Only the Branch"),
    Audience.STATE_TPB: _l("The State as well"),
}


def standing_of(status: ActivityStatus, *, begun: bool) -> tuple[str, str]:
    """Return how far an activity is: the words and the tone of its badge."""
    running = begun and status in (ActivityStatus.PLANNED, ActivityStatus.CONFIRMED)
    words, tone = BEGUN if running else (STATUS_TEXTS[status], STATUS_TONES[status])
    return str(words), tone


register_texts(
    {
        "activity.choose": _l("Choose an activity"),
        "activity.begun_already": _l("That it began was recorded already, or it was held or cancelled"),
        "activity.was_cancelled": _l("The activity was cancelled"),
        "activity.day_needed": _l("Enter a day"),
        "activity.not_yet": _l("Enter a day that has come"),
        "activity.dates_order": _l("The last day must not lie before the first"),
        "participants.not_begun": _l("Record first that the activity began"),
        "participants.none_counted": _l("Enter at least one row, or tick that nobody was to be counted"),
        "participants.some_counted": _l("Remove the rows, or take this tick away"),
        "participants.number": _l("Enter a number from 1 to %(most)s"),
        "participants.no_part": _l("This State takes no part in the activity"),
        "participants.same": _l("These are the numbers that stand. Change what is wrong"),
        "participants.twice": _l("This State, profession and gender stand in a row above; add the numbers up"),
        "recommendation.text_needed": _l("Say what should be done, or that nothing is recommended"),
        "recommendation.none_with_text": _l("Empty the text to say that nothing is recommended"),
        "recommendation.some_listed": _l("Recommendations are listed already"),
        "recommendation.too_many": _l("More than %(most)s recommendations cannot be listed"),
        "recommendation.status_needed": _l("Choose where it stands"),
        "recommendation.choose": _l("Choose a recommendation"),
        "done.activity_begun": _l("Activity begun"),
        "done.activity_held": _l("Activity held"),
        "done.activity_noted": _l("Written into the log of an activity"),
        "done.participants_counted": _l("Participants counted"),
        "done.nothing_recommended": _l("Said that nothing is recommended"),
        "activity_needed": _l("Choose an activity"),
        "move.day_needed": _l("Enter a day, for example 15 3 2027"),
        "move.answer_needed": _l("Choose whether the other dates suit your State"),
        "move.same_dates": _l("Enter other dates than those that stand"),
        "move.begun": _l("The activity has begun: only its last day can still move"),
        "move.past": _l("Enter a day that is still to come"),
        "cancel.cost_needed": _l("Enter what it costs, for example 1200.00; 0 where it costs nothing"),
    }
)
