"""The action, callback and block ids of making a ticket knowledge; values are checked by their workflows."""

TICKET_KNOW = "ticket_know"
DRAFT_APPROVE = "draft_approve"
DRAFT_EDIT = "draft_edit"
DRAFT_DROP = "draft_drop"

KNOW_VIEW = "knowledge_view"
ARTICLE_BLOCK = "knowledge_article_block"
ARTICLE_INPUT = "knowledge_article"
TITLE_BLOCK = "knowledge_title_block"
TITLE_INPUT = "knowledge_title"
BODY_BLOCK = "knowledge_body_block"
BODY_INPUT = "knowledge_body"
DRAFT_BLOCK = "draft_ways"

# The value of the choice that belongs to no article; Slack takes no empty one.
ALONE = "-"
