"""Words of a State's drafts that the process does not decide on."""

from enum import StrEnum


class ProposalAnswer(StrEnum):
    """What became of a draft that somebody proposed to a State: its proposer is told this and no more."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
