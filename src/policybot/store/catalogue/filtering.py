"""A Filter as a condition on documents."""

from __future__ import annotations

import json

from policybot.domain import Filter


def allowed_by(wanted: Filter) -> tuple[str, list[str]]:
    """Condition on a document ``d`` and its current version ``v``, with its values."""
    metadata = "casefold(json_extract(v.metadata, '$.{}'))"
    published = "json_extract(v.metadata, '$.published')"
    conditions, values = ["1"], list[str]()
    for column, allowed in (
        (metadata.format("publisher"), wanted.publishers),
        (metadata.format("kind"), wanted.kinds),
        (metadata.format("language"), wanted.languages),
    ):
        if allowed:
            conditions.append(f"{column} IN (SELECT casefold(value) FROM json_each(?))")
            values.append(json.dumps(allowed, ensure_ascii=False))
    if wanted.documents:
        conditions.append("(d.id IN (SELECT value FROM json_each(?)) OR d.name IN (SELECT value FROM json_each(?)))")
        values += [json.dumps(wanted.documents, ensure_ascii=False)] * 2
    # Dates of different precision are compared as far as the shorter one goes.
    if wanted.published_from:
        conditions.append(
            f"({published} >= ? OR {published} <> '' AND substr(?, 1, length({published})) = {published})"
        )
        values += [wanted.published_from] * 2
    if wanted.published_to:
        conditions.append(f"({published} <> '' AND substr({published}, 1, length(?)) <= ?)")
        values += [wanted.published_to] * 2
    return " AND ".join(conditions), values
