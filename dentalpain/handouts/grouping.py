"""Which blocks of a document are laid out together, and which must not stay in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .content import Block, Box, Bullets, Heading, MedicineTable, Own, Paragraph

Group = tuple[Block | Box, ...]


def groups(blocks: Sequence[Block | Box]) -> Iterator[Group]:
    """Blocks that are laid out together.

    A heading, or two, with what they head, a paragraph or one item in between; a paragraph with the card or picture that
    it leads to; medicines with the paragraph below them.
    """
    waiting = list(blocks)
    while waiting:
        group = [waiting.pop(0)]
        if isinstance(group[0], Heading) and waiting:
            group.append(waiting.pop(0))
            if isinstance(group[1], Heading) and waiting:
                group.append(waiting.pop(0))
            if waiting and _leads(group[-1], waiting[0]):
                group.append(waiting.pop(0))
        elif waiting and isinstance(group[0], Paragraph) and isinstance(waiting[0], Own):
            group.append(waiting.pop(0))
        if waiting and isinstance(group[-1], MedicineTable) and isinstance(waiting[0], Paragraph):
            group.append(waiting.pop(0))
        yield tuple(group)


def heads(group: Group) -> int:
    """How many blocks of a group come before what they head."""
    leading = next((number for number, block in enumerate(group) if not isinstance(block, Heading)), len(group))
    return leading or int(len(group) > 1 and isinstance(group[0], Paragraph))


def _leads(block: Block | Box, following: Block | Box) -> bool:
    """Whether a block says what to do with the next: a paragraph does, and a single item before a table to fill in."""
    if isinstance(block, Bullets):
        return len(block.items) == 1 and isinstance(following, Own)
    return isinstance(block, Paragraph) and not isinstance(following, Heading)


def personal(block: Block | Box) -> bool:
    """Whether the block is about this patient alone, or may be: a block that a document brings along does not say."""
    if isinstance(block, Box):
        return any(map(personal, block.blocks))
    return isinstance(block, Own) or (isinstance(block, Paragraph) and block.personal)
