from bench.rounds import Side, taking_turns


async def test_sides_take_turns_and_neither_is_always_first() -> None:
    order: list[str] = []
    values = {"a": iter((1.0, 9.0, 2.0)), "b": iter((4.0, 5.0, 6.0))}

    def side(name: str) -> Side:
        async def measured() -> float:
            order.append(name)
            return next(values[name])

        return measured

    found = await taking_turns({"a": side("a"), "b": side("b")}, 3)
    assert "".join(order) == "abbaab"
    assert found == {"a": 2.0, "b": 5.0}
