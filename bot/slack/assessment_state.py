"""Where in the self-assessment a window stands and what was filled in, as it travels in the window itself.

A value comes back from the client and may be forged: it only ever changes what its sender is shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.answering.assessment import NOT_GIVEN, Scores, code_of, read_code
from bot.answering.competencies import Model

LEVEL = "level"
_FORM = re.compile(r"(?P<step>[0-9])\n(?P<sent>[01])\n(?P<code>[0-9a-f.]{1,300})", re.ASCII)


@dataclass(frozen=True)
class Form:
    """One window: the step shown (the result after the last group), the levels, whether a copy was sent."""

    step: int
    scores: Scores
    is_sent: bool = False

    def metadata(self, model: Model) -> str:
        """Return it as a view's `private_metadata`."""
        return f"{self.step}\n{int(self.is_sent)}\n{code_of(model, self.scores)}"


def now_block(place: int) -> str:
    """Return the block id of the present level at a place of the model."""
    return f"assess_now_{place}"


def required_block(place: int) -> str:
    """Return the block id of the required level at a place of the model."""
    return f"assess_required_{place}"


def places(model: Model, step: int) -> range:
    """Return the places of the competencies that a step asks for; none for the result."""
    sizes = [len(group.competencies) for group in model.groups]
    start = sum(sizes[:step])
    return range(start, start + sum(sizes[step : step + 1]))


def read_form(model: Model, view: Mapping[str, Any]) -> Form | None:
    """Return a window with what stands in its fields; None for one of other lines, or no window of ours."""
    hit = _FORM.fullmatch(str(view.get("private_metadata") or ""))
    scores = read_code(model, hit["code"]) if hit else None
    if hit is None or scores is None or int(hit["step"]) > len(model.groups):
        return None
    form = Form(int(hit["step"]), scores, hit["sent"] == "1")
    values = (view.get("state") or {}).get("values") or {}
    asked = places(model, form.step)
    current = [_chosen(model, values.get(now_block(place)), scores.current[place]) for place in asked]
    required = [_chosen(model, values.get(required_block(place)), scores.required[place]) for place in asked]
    return replace(form, scores=scores.given(asked.start, current, required))


def _chosen(model: Model, field: Mapping[str, Any] | None, before: int) -> int:
    """Return the level in a field; what it was `before` where the client says nothing of the field."""
    if field is None:
        return before
    option = (field.get(LEVEL) or {}).get("selected_option") or {}
    numbers = {str(level.number): level.number for level in model.levels}
    return numbers.get(str(option.get("value")), NOT_GIVEN)
