"""The form of the firm's profile: within Slack's limits, harmless, and read back as it was shown."""

from typing import Any

import pytest

from bot.engagement.firm import FirmProfile
from bot.engagement.models import Term
from bot.engagement.terms import SHIPPED, shipped_terms
from bot.slack import firm_texts, member_ids
from bot.slack.blocks.firm_form import firm_blocks, firm_view, read_before, read_typed, stored_view
from bot.slack.blocks.limits import check_view
from bot.workflows.state_firm import FORM_FIELDS, FirmForm, StatedTerm, as_form
from emulator.input_state import state_values
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings


def submitted(view: dict[str, Any], typed: dict[str, Any] | None = None) -> dict[str, Any]:
    return view | {"state": {"values": state_values(view["blocks"], typed or {})}}


def test_the_form_is_read_back_as_it_was_filled_in() -> None:
    form = as_form(FirmProfile(name="Firm", benchmark=145_000), shipped_terms())
    form = FirmForm(form.fields, {**form.terms, Term.NOTICE: StatedTerm("60 days", confirmed=True)})
    view = check_view(firm_view(form))
    assert read_before(view) == read_typed(submitted(view)) == form
    typed = {member_ids.field_block("phone"): {member_ids.FIRM_INPUT: "+44 1"}}
    assert read_typed(submitted(view, typed)).fields["phone"] == "+44 1"


@pytest.mark.parametrize("name", HOSTILE)
def test_the_form_bears_whatever_a_profile_holds(name: str) -> None:
    words = HOSTILE[name]
    form = FirmForm(dict.fromkeys(FORM_FIELDS, words), {term: StatedTerm(words) for term in Term})
    if "\ud83d" in words or "\x00" in words:
        return  # neither is ever stored
    check_view(firm_view(form))


def test_every_field_and_term_has_a_name_and_a_hint() -> None:
    assert set(firm_texts.LABELS) == set(firm_texts.HINTS) == set(FORM_FIELDS)
    assert set(firm_texts.TERMS) == set(Term)
    said = " ".join(strings(firm_view(as_form(FirmProfile(), shipped_terms()))))
    assert all(value in said for value in SHIPPED.values())


def test_home_names_the_terms_that_are_not_confirmed() -> None:
    view = check_view({"type": "home", "blocks": [block.to_dict() for block in firm_blocks(tuple(Term))]})
    said = " ".join(strings(view))
    assert "notice to end an engagement" in said
    assert action_ids(view) == [member_ids.FIRM_EDIT]
    assert_harmless(view)
    assert firm_texts.unconfirmed(()) == firm_texts.ALL_CONFIRMED


def test_what_the_form_becomes_fits_a_modal() -> None:
    for told in (firm_texts.STORED, firm_texts.STORED_ARTICLES, firm_texts.NOTHING_NEW):
        check_view(stored_view(told))
