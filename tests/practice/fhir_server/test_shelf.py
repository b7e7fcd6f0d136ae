"""What a sign-in leaves behind: under keys that nobody guesses, for a time, and not without bound."""

from __future__ import annotations

from dentalpain.practice.fhir_server import MemoryShelf


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_value_is_kept_for_its_time_and_no_longer() -> None:
    clock = Clock()
    shelf = MemoryShelf(clock)
    key = shelf.put("grant", 60.0)
    clock.now = 59.9
    assert shelf.get(key) == "grant"
    shelf.replace(key, "renewed")  # does not lengthen it
    assert shelf.get(key) == "renewed"
    clock.now = 60.0
    assert shelf.get(key) is None and shelf.take(key) is None


def test_what_was_taken_is_gone() -> None:
    shelf = MemoryShelf(Clock())
    key = shelf.put("answer", 60.0)
    assert shelf.take(key) == "answer" and shelf.take(key) is None and shelf.get(key) is None


def test_nothing_is_put_back_under_a_key_that_is_gone() -> None:
    shelf = MemoryShelf(Clock())
    key = shelf.put("grant", 60.0)
    shelf.take(key)
    shelf.replace(key, "renewed")
    assert shelf.get(key) is None and shelf.get("") is None


def test_keys_are_long_and_never_the_same() -> None:
    shelf = MemoryShelf(Clock())
    keys = {shelf.put("x", 60.0) for _ in range(100)}
    assert len(keys) == 100 and all(len(key.partition(".")[2]) == 43 for key in keys)  # 32 bytes in base64 without padding


def test_of_too_many_the_oldest_goes() -> None:
    shelf = MemoryShelf(Clock(), most=2)
    first, second, third = (shelf.put(name, 60.0) for name in ("a", "b", "c"))
    assert shelf.get(first) is None and shelf.get(second) == "b" and shelf.get(third) == "c"
