"""Letters tell classes apart by their words, however those are spelt."""

import numpy as np

from knowledge.letters import BUCKETS, buckets, learn

TEXTS = ["restore the backup", "backups and restores", "who signs the invoice", "invoices need a signature"]
CLASSES = [0, 0, 1, 1]


def test_a_misspelt_word_still_speaks_for_its_class() -> None:
    letters = learn(TEXTS, CLASSES, [1.0] * 4, 2)
    for text, own in (("bakcup restor", 0), ("invioce signatur", 1)):
        assert int(np.argmax(letters.read(text))) == own


def test_a_line_of_little_weight_is_outvoted() -> None:
    letters = learn(["mailbox", "mailbox"], [0, 1], [1.0, 0.3], 2)
    votes = letters.read("mailbox")
    assert votes[0] > votes[1]


def test_words_without_known_letters_and_no_words_say_nothing() -> None:
    letters = learn(TEXTS, CLASSES, [1.0] * 4, 2)
    assert np.ptp(letters.read("")) == 0.0
    assert np.ptp(letters.read("?! ...")) == 0.0


def test_runs_are_of_words_alone_and_counted_once() -> None:
    assert buckets("MFA, mfa") == buckets("mfa")
    assert buckets("a-b") == buckets("a") | buckets("b")
    assert all(0 <= bucket < BUCKETS for bucket in buckets("nobody dares to delete a thing"))
