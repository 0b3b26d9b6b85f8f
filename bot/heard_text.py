"""What is known of an article as Markdown, below its own text: comments, gaps it closed, answers it bears."""

from bot.answering.voice_models import CommentState
from bot.heard import Heard, Said

NOTHING = "Nobody has commented on it, and no answer of the last 90 days rests on it."


def heard_as_markdown(known: Heard, *, with_questions: bool) -> str:
    """Return what a change of the article touches; `with_questions` lists what was asked."""
    parts = []
    if known.comments:
        still_open = sum(each.state is CommentState.OPEN for each in known.comments)
        heading = f"## Comments ({len(known.comments)}, {still_open} open)"
        parts.append("\n".join((heading, "", *map(_comment, known.comments))))
    if known.gaps:
        parts.append("\n".join(("## Gaps it closed", "", *(f"- {label}" for label in known.gaps))))
    if known.total:
        heading = f"## Answers of the last 90 days that rest on it ({known.total})"
        parts.append("\n".join((heading, "", *_sections(known, with_questions=with_questions))))
    return "\n\n".join(parts) or NOTHING


def _comment(said: Said) -> str:
    where = f", {said.section}" if said.section else ""
    reply = ""
    if said.reply:
        reply = f"\n  - {said.replied_by or 'A consultant'} replied: {' '.join(said.reply.split())}"
    return f"- {said.at:%Y-%m-%d}{where}: {said.text}{reply}"


def _sections(known: Heard, *, with_questions: bool) -> list[str]:
    lines = []
    for section, count in known.answers.most_common():
        lines.append(f"- {section or 'the article as a whole'}: {count}")
        asked = known.questions[section] if with_questions else []
        lines += [f"  - {question}" for question in asked]
        if with_questions and len(asked) < count:
            lines.append(f"  - and {count - len(asked)} not shown: confidential, erased or too many")
    return lines
