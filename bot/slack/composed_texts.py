"""What people read beside an answer that a language model put into words."""

COMPOSED = "Put into words by a language model; each sentence was checked against the source it names."
