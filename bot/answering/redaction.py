"""Secrets and personal data leave no machine of ours: marks stand for them, and are read back for display."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.errors import SetupError

_EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_CARD = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w])")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")
# What people write beside a password; the libraries' patterns know keys by their form.
_PASSWORD = re.compile(
    r"(?i)\b(?:password|passwd|pwd|passcode|passphrase|pin|secret|api[ _-]?key|token|credentials?)\b"
    r"\s*(?:is|was|=|:|->)\s*[\"'“‘]?([^\s\"'”’,;]{4,})"
)
_MARK = re.compile(r"\[([A-Z]+)_(\d+)\]")
_NAME_PART = 3
_COMMON_WORDS = """
mark will rose may june april bill grant frank art jack hope faith grace dean page law
"""
_COMMON = frozenset(_COMMON_WORDS.split())
Found = Iterator[tuple[int, int]]
Finder = Callable[[str], Found]


@dataclass
class Redactor:
    """Hides one exchange's secrets and names, and shows them again; `shows_all` hides secrets only."""

    people: Sequence[str] = ()
    organisations: Sequence[str] = ()
    region: str = "GB"
    shows_all: bool = False
    _marks: dict[str, str] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def hide(self, text: str) -> str:
        """Return the text with marks in place of what must not leave; the same thing has the same mark."""
        # A mark that somebody typed would be read back as what it stands for.
        text = _MARK.sub(lambda match: f"({match[1].lower()} {match[2]})", text)
        for kind, finder in self._finders():
            text = self._replaced(text, kind, finder)
        return text

    def show(self, text: str) -> str:
        """Return the text with what marks stand for in their place; marks made up by others go."""
        known = {mark: found for found, mark in self._marks.items()}
        return _MARK.sub(lambda match: known.get(match[0], ""), text)

    @property
    def counts(self) -> dict[str, int]:
        """How many different things of each kind were hidden."""
        return {kind.lower(): number for kind, number in sorted(self._counts.items())}

    def _finders(self) -> Iterator[tuple[str, Finder]]:
        yield "SECRET", _secrets
        if self.shows_all:
            return
        yield "EMAIL", _matches(_EMAIL)
        yield "IBAN", lambda text: (span for span in _matches(_IBAN)(text) if _is_iban(text[slice(*span)]))
        yield "CARD", lambda text: (span for span in _matches(_CARD)(text) if _is_card(text[slice(*span)]))
        yield "PHONE", lambda text: _phones(text, self.region)
        yield "ORGANISATION", _named(self.organisations, in_parts=False)
        yield "NAME", _named(self.people, in_parts=True)

    def _replaced(self, text: str, kind: str, finder: Finder) -> str:
        kept, at = [], 0
        marks = [mark.span() for mark in _MARK.finditer(text)]
        for start, end in sorted(finder(text), key=lambda span: (span[0], -span[1])):
            # Somebody called like a mark must not break one open.
            if start < at or any(start < last and first < end for first, last in marks):
                continue
            kept += [text[at:start], self._mark(kind, text[start:end])]
            at = end
        return "".join([*kept, text[at:]])

    def _mark(self, kind: str, found: str) -> str:
        if found not in self._marks:
            self._counts[kind] += 1
            self._marks[found] = f"[{kind}_{self._counts[kind]}]"
        return self._marks[found]


def _matches(pattern: re.Pattern[str]) -> Finder:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _secrets(text: str) -> Found:
    for match in _PASSWORD.finditer(text):
        yield match.span(1)
    for detector in _detectors():
        for secret in detector(text):
            at = text.find(secret) if secret else -1
            if at >= 0:
                yield at, at + len(secret)


@lru_cache(maxsize=1)
def _detectors() -> tuple[Callable[[str], Iterable[str]], ...]:
    """Return what knows a key by its form; raises `SetupError` where the library is not installed."""
    try:
        from detect_secrets.plugins import (
            aws,
            azure_storage_key,
            basic_auth,
            github_token,
            gitlab_token,
            jwt,
            openai,
            private_key,
            sendgrid,
            slack,
            stripe,
            telegram_token,
            twilio,
        )
    except ImportError as error:
        raise missing("detect-secrets") from error
    kinds = (
        aws.AWSKeyDetector,
        azure_storage_key.AzureStorageKeyDetector,
        basic_auth.BasicAuthDetector,
        github_token.GitHubTokenDetector,
        gitlab_token.GitLabTokenDetector,
        jwt.JwtTokenDetector,
        openai.OpenAIDetector,
        private_key.PrivateKeyDetector,
        sendgrid.SendGridDetector,
        slack.SlackDetector,
        stripe.StripeDetector,
        telegram_token.TelegramBotTokenDetector,
        twilio.TwilioKeyDetector,
    )
    return tuple(kind().analyze_string for kind in kinds)


def _phones(text: str, region: str) -> Found:
    try:
        import phonenumbers
    except ImportError as error:
        raise missing("phonenumbers") from error
    leniency = phonenumbers.Leniency.POSSIBLE
    for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=leniency):
        # A figure of the question is no number to ring: those are written with a sign, a zero or gaps.
        digits = sum(char.isdigit() for char in match.raw_string)
        if digits >= _PHONE_DIGITS and match.raw_string[:1] in "+(0":
            yield match.start, match.end


_PHONE_DIGITS = 7


def missing(package: str) -> SetupError:
    """Return the error that names a package which a language model needs."""
    return SetupError(
        f"VCIO_LLM is set, but the package {package!r} is not installed: "
        "run `pip install 'virtual-cio[llm]'`, or leave VCIO_LLM out."
    )


def _is_card(text: str) -> bool:
    digits = [int(char) for char in text if char.isdigit()][::-1]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_iban(text: str) -> bool:
    plain = text.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def _named(names: Sequence[str], *, in_parts: bool) -> Finder:
    """Find whole names however they are written, and their parts where they begin with a capital."""
    whole = sorted(
        {" ".join(name.split()) for name in names if len(name) >= _NAME_PART}, key=len, reverse=True
    )
    patterns = [
        re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        for name in whole
        if " " in name or name.lower() not in _COMMON
    ]
    if in_parts:
        parts = {
            part for name in whole for part in name.split() if len(part) >= _NAME_PART and part[:1].isupper()
        }
        patterns += [
            re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")
            for part in sorted(parts, key=len, reverse=True)
            if part.lower() not in _COMMON
        ]
    return lambda text: (match.span() for pattern in patterns for match in pattern.finditer(text))
