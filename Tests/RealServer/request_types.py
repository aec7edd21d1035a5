"""Checks requests against the openai package's own types of a chat completion's parameters.

As a program: `request_types.py FILE...` checks files of one JSON request each, and fails with the first that is wrong.
"""
import json
import sys
from typing import get_type_hints

from openai.types.chat.completion_create_params import (
    CompletionCreateParamsNonStreaming, CompletionCreateParamsStreaming)
from pydantic import TypeAdapter

STREAMING = TypeAdapter(CompletionCreateParamsStreaming)
PLAIN = TypeAdapter(CompletionCreateParamsNonStreaming)


def walk(value):
    """Reads `value` to its ends: pydantic checks what is iterable only when somebody reads it."""
    if isinstance(value, dict):
        return {key: walk(entry) for key, entry in value.items()}
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return value
    return [walk(entry) for entry in value]


def check(request):
    """Raises where `request` is not what the protocol says."""
    kind, adapter = ((CompletionCreateParamsStreaming, STREAMING) if request.get("stream")
                     else (CompletionCreateParamsNonStreaming, PLAIN))
    unknown = set(request) - set(get_type_hints(kind))
    if unknown:
        raise ValueError("the protocol has no field %s" % sorted(unknown))
    read = walk(adapter.validate_python(request))
    if read != request:
        raise ValueError("the protocol reads the request as something else")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with open(name) as file:
            try:
                check(json.load(file))
            except ValueError as error:
                sys.exit("%s: %s" % (name, error))
    print("%d requests are right" % len(sys.argv[1:]))
