"""Prompts are files whose variables are declared, used and filled exactly."""

from pathlib import Path

import pytest

from prompts import PromptError, load_prompt

GOOD = "---\nversion: 2\nvariables: [question, passages]\n---\nAnswer {{ question }} from {{passages}}.\n"


def write(folder: Path, text: str, name: str = "answer") -> Path:
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def test_a_prompt_is_filled_with_exactly_its_variables(tmp_path: Path) -> None:
    prompt = load_prompt("answer", write(tmp_path, GOOD))
    assert prompt.version == 2
    assert prompt.fill(question="why?", passages="P") == "Answer why? from P."


def test_values_are_taken_literally_and_never_expanded(tmp_path: Path) -> None:
    prompt = load_prompt("answer", write(tmp_path, GOOD))
    assert prompt.fill(question="{{ passages }} \\1", passages="P") == "Answer {{ passages }} \\1 from P."


@pytest.mark.parametrize("values", [{"question": "q"}, {"question": "q", "passages": "p", "size": "s"}, {}])
def test_a_missing_or_extra_value_is_refused_by_name(tmp_path: Path, values: dict[str, str]) -> None:
    prompt = load_prompt("answer", write(tmp_path, GOOD))
    with pytest.raises(PromptError, match=r"'passages'|'size'"):
        prompt.fill(**values)


@pytest.mark.parametrize(
    "text",
    [
        "---\nversion: 1\nvariables: [question]\n---\n{{ question }} {{ passages }}",
        "---\nversion: 1\nvariables: [question, unused]\n---\n{{ question }}",
        "---\nversion: 1\nvariables: question\n---\n{{ question }}",
        "---\nvariables: [question]\n---\n{{ question }}",
        "{{ question }}",
    ],
)
def test_a_prompt_whose_declaration_does_not_fit_its_text_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PromptError, match="answer"):
        load_prompt("answer", write(tmp_path, text))


@pytest.mark.parametrize("name", ["absent", "../answer", ""])
def test_a_prompt_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(PromptError, match="No prompt"):
        load_prompt(name, tmp_path)


def test_the_fingerprint_changes_with_the_text(tmp_path: Path) -> None:
    first = load_prompt("answer", write(tmp_path, GOOD))
    second = load_prompt("other", write(tmp_path, GOOD + "More.\n", "other"))
    assert first.fingerprint != second.fingerprint


def test_every_packaged_prompt_loads() -> None:
    folder = Path(__file__).parent.parent.parent / "prompts"
    for path in folder.glob("*.md"):
        load_prompt(path.stem)
