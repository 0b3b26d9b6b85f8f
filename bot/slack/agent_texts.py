"""What is said in the agent view, as plain words."""

STOPPED = "Stopped."
NEW_QUESTION = "New question"
NEW_QUESTION_SPOKEN = "Answer this message on its own, as a new question"


def continuing(title: str) -> str:
    """Return the line that says which conversation a message was understood to go on with."""
    return f"Continuing from “{title}”"
