"""Bytes of a mail in any single-mail format to its entity tree."""

from __future__ import annotations

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import mapi, mime, msg, tnef
from poltwt_console.mailbox.mime import Entity

_LEVELS = 5  # Outlook containers within each other
_TNEF_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
_MSG_TYPES = ("application/vnd.ms-outlook", "application/msoutlook", "application/x-msg")


def build(raw: bytes) -> Entity:
    """The entity tree of a mail: MIME, ``.msg`` or TNEF, with Outlook's containers inside opened.

    UnreadableError if an ``.msg`` is damaged.
    """
    if raw.startswith(msg.MAGIC):
        top = msg.parse(raw)
    elif raw.startswith(tnef.MAGIC):
        top = tnef.parse(raw)
    else:
        top = mime.parse(raw)
    _open_containers(top)
    return top


def is_tnef(entity: Entity) -> bool:
    """Whether a part is a winmail.dat."""
    return entity.content_type in _TNEF_TYPES or entity.file_name.lower() == "winmail.dat"


def is_msg(entity: Entity) -> bool:
    """Whether a part is an attached Outlook mail."""
    return entity.content_type in _MSG_TYPES or entity.file_name.lower().endswith(".msg")


def _open_containers(top: Entity) -> None:
    """Give winmail.dat and attached ``.msg`` parts their mail as their only child."""
    waiting = [(top, 0)]
    while waiting:
        entity, level = waiting.pop()
        if not entity.children and level < _LEVELS and (is_tnef(entity) or is_msg(entity)):
            content = entity.content()
            parse = tnef.parse if content.startswith(tnef.MAGIC) else msg.parse
            if content.startswith((tnef.MAGIC, msg.MAGIC)):
                try:
                    inner = parse(content)
                except UnreadableError as error:
                    top.defects.append(f"{error.sentence} {error.hint}")
                    continue
                mapi.number_parts(inner, f"{entity.path}.1".lstrip("."))
                entity.children = [inner]
                level += 1
        waiting.extend((child, level) for child in entity.children)
