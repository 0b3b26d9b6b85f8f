"""Tokens at rest: sealed with the newest of our keys, opened with any of them."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBrokenError(Exception):
    """A sealed token was made with a key that is not among ours, or was changed."""


class Seal:
    """Seals and opens with the keys of VCIO_ENCRYPTION_KEY, newest first."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._newest = Fernet(keys[0])
        self._any = MultiFernet([Fernet(key) for key in keys])

    def close(self, token: str) -> str:
        """Return the token sealed, fit for a text column."""
        return self._newest.encrypt(token.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the token; raises `SealBrokenError` when none of the keys fits."""
        try:
            return self._any.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBrokenError from error

    def is_newest(self, sealed: str) -> bool:
        """Whether it was sealed with the newest key, so that older ones are not needed for it."""
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True
