"""Which blocks of a document are laid out together, and which must not stay in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .content import Block, Box, Bullets, Heading, Own, Paragraph

Group = tuple[Block | Box, ...]


def groups(blocks: Sequence[Block | Box]) -> Iterator[Group]:
    """Blocks that are laid out together: a heading, or two, with what they head, a paragraph or one item in between."""
    waiting = list(blocks)
    while waiting:
        group = [waiting.pop(0)]
        if isinstance(group[0], Heading) and waiting:
            group.append(waiting.pop(0))
            if isinstance(group[1], Heading) and waiting:
                group.append(waiting.pop(0))
            if waiting and _leads(group[-1], waiting[0]):
                group.append(waiting.pop(0))
        yield tuple(group)


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
