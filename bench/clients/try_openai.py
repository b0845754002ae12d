"""Asks a node by OpenAI's client for Python; fails by an assertion."""

import os

from openai import BadRequestError, OpenAI

QUESTION = [
    {"role": "system", "content": "Paul lives in Oslo. The code of Paul is 4821."},
    {"role": "user", "content": "What is the code of Paul?"},
]


def main():
    client = OpenAI(
        base_url=os.environ["KVASIR_BASE_URL"],
        api_key=os.environ["KVASIR_API_KEY"],
        max_retries=0,
    )

    models = [model.id for model in client.models.list()]
    assert models, "no model is listed"

    asked = {"model": "default", "temperature": 0, "max_completion_tokens": 16}
    chat = client.chat.completions.create(messages=QUESTION, **asked)
    text = chat.choices[0].message.content
    assert chat.usage.prompt_tokens > 0, chat
    chunks = client.chat.completions.create(messages=QUESTION, stream=True, **asked)
    streamed = "".join(
        choice.delta.content or "" for chunk in chunks for choice in chunk.choices
    )
    assert streamed == text, (streamed, text)

    asked = {"model": "default", "temperature": 0, "max_output_tokens": 16}
    response = client.responses.create(input=QUESTION, **asked)
    assert response.output_text == text, (response.output_text, text)
    types, streamed = [], ""
    for event in client.responses.create(input=QUESTION, stream=True, **asked):
        types.append(event.type)
        streamed += event.delta if event.type == "response.output_text.delta" else ""
    assert streamed == text, (streamed, text)
    assert types[0] == "response.created", types
    assert types[-1] in ("response.completed", "response.incomplete"), types

    try:
        client.chat.completions.create(model="default", messages=QUESTION, temperature=3)
        raise AssertionError("a temperature of 3 was taken")
    except BadRequestError as error:
        assert error.param == "temperature", error
    print(f"python: models {models}, chat and responses answer {text!r}, streams likewise")


main()
