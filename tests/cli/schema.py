# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""schema.py SCHEMA json|jsonl|whole|one FILE: holds each article of FILE, of
an array (`whole`: of other things) or of lines, or its one object, against
SCHEMA, and what a schema cannot say: reasons sum to the
score."""
import json
import sys

import jsonschema


def reject(constant):
    raise ValueError(f"{constant} is no JSON")


def articles(form, path):
    with open(path, encoding="utf-8", errors="strict", newline="\n") as file:
        text = file.read()
    if form in ("json", "whole"):
        return json.loads(text, parse_constant=reject)
    if form == "one":
        return [json.loads(text, parse_constant=reject)]
    return [json.loads(line, parse_constant=reject)
            for line in text.rstrip("\n").split("\n")]


def main(schema_path, form, path):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    found = articles(form, path)
    assert found, "no article"
    for article in found:
        validator.validate(article)
        if form == "json":
            assert article.keys() <= schema["properties"].keys()
        for sentence in article.get("sentences") or []:
            if isinstance(sentence, dict):
                total = sum(sentence["reasons"].values())
                assert abs(total - sentence["score"]) < 1e-6, sentence


main(*sys.argv[1:])
