from wagtail_careers.caches.changes import Changes, merge


def test_merging_joins_each_kind_of_record() -> None:
    merged = merge(
        [
            Changes(links=frozenset({1}), pages=frozenset({7})),
            Changes(links=frozenset({1, 2}), index_paths=frozenset({"00010002"})),
        ]
    )
    assert merged == Changes(
        links=frozenset({1, 2}), pages=frozenset({7}), index_paths=frozenset({"00010002"})
    )


def test_merging_nothing_is_no_change() -> None:
    assert merge([]) == Changes()
