"""The pages of the tasks: one topic each; a page appears only when a chosen type needs it."""

from dataclasses import dataclass

from app.casework.content.checking import ASKED_ONLY, LIGHT_TYPES, TASKS
from app.casework.content.details import SECTIONS
from app.casework.content.instruments import NORMATIVE
from app.casework.content.needs import EVERY_TYPE, Types
from app.casework.content.paths import DETAILS, inner_path, path_in, task_of
from app.casework.content.tasks import Consents, Need, Rights, RightsConfirmation, Who


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a task.

    Attributes:
        name: its part of the address; unique within the task.
        fields: names of the fields that it asks for, inside the task.
        types: of requests for one of these; the page is hidden from others.
    """

    task: str
    name: str
    fields: tuple[str, ...]
    types: Types = EVERY_TYPE

    def is_shown(self, types: Types) -> bool:
        """Tell whether requests of these types have the page."""
        if self.task == "rights":
            confirms = bool(types) and types <= LIGHT_TYPES
            return confirms == (self.name == "confirmation")
        return self.types == EVERY_TYPE or bool(self.types & types)


PAGES: dict[str, tuple[Page, ...]] = {
    "who": (Page("who", "who", tuple(Who.model_fields)),),
    "need": (Page("need", "need", tuple(name for name in Need.model_fields if name != "parent")),),
    "instruments": (
        Page("instruments", "instruments", ("list", "said", "nuclear_wanted"), NORMATIVE),
        Page("instruments", "resolutions", ("resolutions",)),
    ),
    DETAILS: tuple(Page(DETAILS, name, (name,), types) for name, (_model, types) in SECTIONS.items()),
    "results": (
        Page("results", "expected", ("expected", "previous", "previous_none")),
        Page("results", "links", ("crime_links", "justice_markers")),
        Page("results", "arrangements", ("window", "modality", "place", "host_contribution")),
    ),
    "rights": (
        Page("rights", "rights", tuple(Rights.model_fields)),
        Page("rights", "confirmation", tuple(RightsConfirmation.model_fields)),
    ),
    "consents": (Page("consents", "consents", tuple(Consents.model_fields)),),
}
#: Written by the system or by another page, never by the form of the task.
NOT_TYPED = frozenset({"need.parent", "instruments.nuclear_party", "drafting.texts"})


def pages_of(task: str, types: Types) -> tuple[Page, ...]:
    """Return the pages of `task` that requests of these types have, in their order.

    Raises:
        KeyError: there is no such task.
    """
    return tuple(page for page in PAGES[task] if page.is_shown(types))


def page_of(path: str) -> Page:
    """Return the page on which the field at `path` is asked for.

    Raises:
        KeyError: there is no such field.
    """
    task, field = task_of(path), inner_path(path).partition(".")[0]
    found = next((page for page in PAGES.get(task, ()) if field in page.fields), None)
    if found is None and path in ASKED_ONLY:
        found = PAGES[task][0]
    if found is None:
        raise KeyError(path)
    return found


def tasks_of(types: Types) -> tuple[str, ...]:
    """Return the tasks that requests of these types have."""
    return tuple(task for task in TASKS if pages_of(task, types))


def paths_of(page: Page) -> tuple[str, ...]:
    """Return the paths of the fields of a page."""
    return tuple(path_in(page.task, field) for field in page.fields)
