"""The packaged prompts are what they were when they were last tried: whoever changes one says so here."""

import pytest

from prompts import load_prompt

SNAPSHOTS = {
    "compose": "df2eb3ec8ae5b9d4",
    "compose_system": "c33d9a111ccb3579",
    "rewrite": "47aafd6f6e87b66f",
    "rewrite_system": "0953a18095425fa6",
}


@pytest.mark.parametrize(("name", "fingerprint"), SNAPSHOTS.items())
def test_a_prompt_is_the_one_that_was_tried(name: str, fingerprint: str) -> None:
    assert load_prompt(name).fingerprint == fingerprint, (
        f"{name}.md has changed: raise its version, run the benchmark `composed`, put the new one here."
    )
