"""Words of confirmation, evaluation and closure."""

from flask_babel import lazy_gettext as _l

from app.delivery.evaluation.vocabulary import Became
from app.foundation.texts import register_texts
from app.workflow.vocabulary import AssistanceType

#: The five questions (requests, "The five evaluation questions").
QUESTION_TEXTS = {
    "relevance": _l("Relevance to the need"),
    "quality": _l("Quality of what was delivered"),
    "timeliness": _l("Timeliness"),
    "use": _l("Use for the next step"),
    "cooperation": _l("Cooperation with the Terrorism Prevention Branch"),
}
GRADE_TEXTS = {
    1: _l("1, very poor"),
    2: _l("2, poor"),
    3: _l("3, fair"),
    4: _l("4, good"),
    5: _l("5, very good"),
}

T = AssistanceType
#: What is asked half a year and a year after closure, by type of assistance (requests, Assistance types).
LOOK_BACK_TEXTS = {
    T.RATIFICATION: _l("Was the consent to be bound deposited?"),
    T.LEGISLATIVE_DRAFTING: _l("Was the bill tabled, or is the law in force?"),
    T.JUDICIAL_TRAINING: _l("Do the judges who were trained use what they learned?"),
    T.PROSECUTORIAL_TRAINING: _l("Do the prosecutors who were trained use what they learned?"),
    T.INTERNATIONAL_COOPERATION: _l("Was a treaty signed, or a central authority notified?"),
    T.NATIONAL_WORKSHOP: _l("Were the recommendations of the workshop carried out?"),
    T.REGIONAL_WORKSHOP: _l("Were the recommendations of the workshop carried out?"),
    T.SUBREGIONAL_WORKSHOP: _l("Were the recommendations of the workshop carried out?"),
    T.MINISTERIAL_CONFERENCE: _l("Was the declaration of the conference followed up?"),
    T.ONLINE_COURSE: _l("Was the course completed?"),
    T.MENTORING: _l("Were the agreed results reached?"),
    T.JOINT_VISIT: _l("Were the agreed needs acted on?"),
    T.TOOLS: _l("Are the tools in use?"),
    T.FOLLOW_UP: _l("Were the recommendations that it took up carried out?"),
}
#: What is counted beside the answer, by type of assistance.
COUNT_TEXTS = {
    T.RATIFICATION: _l("How many instruments were deposited (optional)"),
    T.LEGISLATIVE_DRAFTING: _l("How many laws are in force (optional)"),
    T.JUDICIAL_TRAINING: _l("How many of them still use it (optional)"),
    T.PROSECUTORIAL_TRAINING: _l("How many of them still use it (optional)"),
    T.INTERNATIONAL_COOPERATION: _l("How many treaties were signed (optional)"),
    T.NATIONAL_WORKSHOP: _l("How many were carried out (optional)"),
    T.REGIONAL_WORKSHOP: _l("How many were carried out (optional)"),
    T.SUBREGIONAL_WORKSHOP: _l("How many were carried out (optional)"),
    T.MINISTERIAL_CONFERENCE: _l("How many States followed it up (optional)"),
    T.ONLINE_COURSE: _l("How many people completed it (optional)"),
    T.MENTORING: _l("How many results were reached (optional)"),
    T.JOINT_VISIT: _l("How many needs were acted on (optional)"),
    T.TOOLS: _l("How many offices use them (optional)"),
    T.FOLLOW_UP: _l("How many were carried out (optional)"),
}
BECAME_TEXTS = {
    Became.YES: _l("Yes"),
    Became.PARTLY: _l("In part"),
    Became.NOT_YET: _l("Not yet"),
    Became.NO: _l("No, and it is not expected any more"),
}

register_texts(
    {
        "evaluation.grade_needed": _l("Choose a grade from 1 to 5"),
        "look_back.answer_needed": _l("Choose an answer"),
        "look_back.number": _l("Enter a whole number up to %(most)s, or leave it empty"),
        "look_back.all_needed": _l("Answer for each type of assistance"),
    }
)
