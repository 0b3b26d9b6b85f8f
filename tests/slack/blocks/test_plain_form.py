"""Tests of bot.slack.blocks.plain_form: the same as the SDK says, checks included."""

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    DividerBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.slack.blocks.build import actions, button, context, heading, say, title, words
from bot.slack.blocks.markdown import markdown_blocks
from bot.slack.blocks.plain_form import plain_form

ARTICLE = """# Backups

Keep **three** copies, see `restore`.

- one *here*
- one there
    - below

| Size | How often |
|---|---|
| small | weekly |
| large | daily |

```
run restore
```
"""


def _blocks() -> list[Block]:
    sure = ConfirmObject(title="Sure", text=words("Really", 30), confirm="Yes", deny="No")
    choice = StaticSelectElement(
        action_id="pick", placeholder="Pick", options=[Option(value="a", text=words("A", 10))], confirm=sure
    )
    empty = RichTextBlock(elements=[RichTextSectionElement(elements=[])])
    said = RichTextSectionElement(elements=[RichTextElementParts.Text(text="x", style={"bold": True})])
    return [
        title("Backups"),
        heading("Backups"),
        *say("One sentence. " * 400),
        context("small print"),
        actions("row", [button("Press", "press", "1", "Press it", "primary")]),
        SectionBlock(text="chosen", accessory=choice),
        InputBlock(label="Say", element=PlainTextInputElement(action_id="say", multiline=True)),
        DividerBlock(),
        empty,
        RichTextBlock(elements=[said]),
        *markdown_blocks(ARTICLE)[0],
    ]


def test_every_block_is_what_the_sdk_makes_of_it() -> None:
    assert [plain_form(block) for block in _blocks()] == [block.to_dict() for block in _blocks()]


def test_a_view_is_what_the_sdk_makes_of_it() -> None:
    view = View(type="modal", title=words("Backups", 24), blocks=_blocks(), callback_id="v")
    assert plain_form(view) == view.to_dict()


def test_what_the_sdk_refuses_is_refused() -> None:
    with pytest.raises(SlackObjectFormationError):
        plain_form(actions("row", [ButtonElement(text="x" * 80, action_id="a")]))
