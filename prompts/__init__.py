"""The loader of prompts: Markdown files with declared variables, none missing and none extra."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_VARIABLE = re.compile(r"\{\{\s*([a-z_][a-z0-9_]*)\s*\}\}")


class PromptError(Exception):
    """A prompt file or the values given to it do not fit; the message says which and how to mend it."""


@dataclass(frozen=True)
class PromptTemplate:
    """One prompt with `{{ variable }}` marks in its text; `fingerprint` changes whenever the file does."""

    name: str
    version: int
    variables: frozenset[str]
    text: str
    fingerprint: str

    def fill(self, **values: str) -> str:
        """Return the prompt with every variable replaced, values taken literally.

        Raises PromptError naming each missing and each extra variable.
        """
        missing, extra = self.variables - values.keys(), values.keys() - self.variables
        if missing or extra:
            raise PromptError(
                f"Prompt {self.name!r}: missing {sorted(missing)!r}, not declared {sorted(extra)!r}. "
                f"Give exactly {sorted(self.variables)!r}."
            )
        return _VARIABLE.sub(lambda mark: values[mark.group(1)], self.text)


def load_prompt(name: str, folder: Path = _FOLDER) -> PromptTemplate:
    """Return the prompt `name.md` of a folder (the packaged one by default).

    Its front matter declares `version` (a number) and `variables` (a list of names). Raises PromptError when
    the file is absent or unreadable, or declares other variables than its text uses.
    """
    path = folder / f"{name}.md"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise PromptError(f"No prompt {name!r} in {str(folder)!r}. Add {name}.md there or correct the name.")
    source = path.read_text(encoding="utf-8")
    document = frontmatter.loads(source)
    declared, version = _declared(name, document.metadata)
    used = frozenset(_VARIABLE.findall(document.content))
    if used != declared:
        raise PromptError(
            f"Prompt {name!r} declares {sorted(declared)!r} but uses {sorted(used)!r}. "
            "Make `variables` in its front matter list exactly what the text uses."
        )
    fingerprint = hashlib.sha256(source.encode()).hexdigest()[:16]
    return PromptTemplate(name, version, declared, document.content, fingerprint)


def _declared(name: str, metadata: dict[str, Any]) -> tuple[frozenset[str], int]:
    variables, version = metadata.get("variables"), metadata.get("version")
    if not isinstance(variables, list) or not isinstance(version, int):
        raise PromptError(
            f"Prompt {name!r} has version {version!r} and variables {variables!r}. "
            "Its front matter needs `version: 1` (a whole number) and `variables: [names]`."
        )
    return frozenset(str(variable) for variable in variables), version
