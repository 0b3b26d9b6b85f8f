"""The ids of the form in which a lead sets up a client, and of the way to it on Home."""

SET_UP = "client_set_up"
CHANGE = "client_change"
ROW = "home_clients"
VIEW = "client_view"
STORED_VIEW = "client_stored_view"
INPUT = "client_input"


def field_block(name: str) -> str:
    """Return the block of a field of the form."""
    return f"client_field_{name}"
