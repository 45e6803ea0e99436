"""``format=flowed`` texts (RFC 3676): soft line breaks taken back, quote marks kept."""

from __future__ import annotations


def unwrap(text: str, del_sp: bool = False) -> str:
    """The text with flowed lines joined; ``del_sp`` drops the space at the soft break (DelSp=yes)."""
    lines: list[list[str]] = []  # the pieces of each unwrapped line
    open_depth = -1  # quote depth of the line that goes on, or -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        if content.startswith(" "):  # space-stuffed
            content = content[1:]
        flows = content.endswith(" ") and content != "-- "
        if flows and del_sp:
            content = content[:-1]
        if open_depth == depth and content != "-- ":
            lines[-1].append(content)
        else:
            lines.append([">" * depth + " " if depth else "", content])
        open_depth = depth if flows else -1
    return "\n".join("".join(pieces) for pieces in lines)
