"""vLLM's CPU build as a measured system: one JSON request a line on stdin, one JSON line back.

    vllm_peer.py MODEL_FOLDER THREADS

Operations: start, prefill, decode, load, gaps; bench/src/main/java/dev/kvasir/bench/engine/Peer.java
says what they are. Its own prefix cache keeps prompts; a salt of its own keeps a request from
finding what it is to compute.
"""

import json
import os
import sys
import time

os.environ.update(
    {
        "HF_HUB_OFFLINE": "1",
        "VLLM_NO_USAGE_STATS": "1",
        "VLLM_LOGGING_LEVEL": "ERROR",
        "VLLM_CPU_KVCACHE_SPACE": "3",
        "VLLM_CPU_OMP_THREADS_BIND": f"0-{int(sys.argv[2]) - 1}",
        "VLLM_ENABLE_V1_MULTIPROCESSING": "0",  # its steps are counted in this process
    }
)

from vllm import LLM, SamplingParams  # noqa: E402  (reads the environment)

MAX_SEQUENCES = 17
STEP_TOKENS = 4096
LOAD_STEPS = 4
LOAD_TOKENS = 256


class Peer:
    def __init__(self, folder):
        self.engine = LLM(
            folder,
            dtype="bfloat16",
            skip_tokenizer_init=True,
            enable_prefix_caching=True,
            max_num_seqs=MAX_SEQUENCES,
            max_num_batched_tokens=STEP_TOKENS,
        ).llm_engine
        self.requests = 0

    def start(self):
        return {}

    def add(self, prompt, tokens, salt="shared", **options):
        """Submits a prompt; gives the request's id. Requests of a salt share what is cached."""
        self.requests += 1
        params = SamplingParams(
            temperature=0, max_tokens=tokens, ignore_eos=True, detokenize=False, **options
        )
        request = {"prompt_token_ids": prompt, "cache_salt": salt}
        self.engine.add_request(str(self.requests), request, params)
        return str(self.requests)

    def run(self, until):
        """Runs steps until the outputs so far, by request id, fulfil a condition; gives them."""
        outputs = {}
        while not until(outputs):
            for output in self.engine.step():
                outputs[output.request_id] = output
        return outputs

    def finish(self, requests):
        """Runs steps until these requests are answered; gives their outputs."""
        done = lambda outputs: all(r in outputs and outputs[r].finished for r in requests)
        outputs = self.run(done)
        return [outputs[request] for request in requests]

    def prefill(self, prompt, cached):
        salt = f"request {self.requests}"
        if cached:
            self.finish([self.add(prompt[:cached], 1, salt)])
        started = time.perf_counter()
        answer = self.finish([self.add(prompt, 1, salt)])
        return {"millis": millis_since(started), "answers": [tokens_of(answer[0])]}

    def decode(self, prompts, steps):
        for prompt in prompts:
            self.finish([self.add(prompt, 1)])
        requests = [self.add(prompt, steps + 1) for prompt in prompts]
        outputs = self.run(lambda outputs: len(outputs) == len(requests))
        if any(len(tokens_of(output)) != 1 for output in outputs.values()):
            raise RuntimeError("the prompts were not finished in one step")
        started = time.perf_counter()
        answers = [tokens_of(output) for output in self.finish(requests)]
        return {"millis": millis_since(started) / steps, "answers": answers}

    def load(self, prompts, prompt):
        running = [self.add(prompt, LOAD_TOKENS) for prompt in prompts]
        self.run(
            lambda outputs: len(outputs) == len(running)
            and all(len(tokens_of(output)) >= LOAD_STEPS for output in outputs.values())
        )
        started = time.perf_counter()
        self.engine.step()  # had begun when the prompt came
        answer = self.finish([self.add(prompt, 1, f"request {self.requests}")])
        millis = millis_since(started)
        self.engine.abort_request(running)
        return {"millis": millis, "answers": [tokens_of(answer[0])]}

    def gaps(self, prompts, answers):
        """Each answer token's distance from the best logit where it stands."""
        gaps = []
        for prompt, answer in zip(prompts, answers):
            request = self.add(prompt + answer, 1, prompt_logprobs=1)
            found = self.finish([request])[0].prompt_logprobs[len(prompt) :]
            gaps.append(
                [
                    max(entry.logprob for entry in entries.values()) - entries[token].logprob
                    for entries, token in zip(found, answer)
                ]
            )
        return {"gaps": gaps}


def tokens_of(output):
    return list(output.outputs[0].token_ids)


def millis_since(started):
    return (time.perf_counter() - started) * 1e3


def main():
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what vLLM prints is no reply
    peer = Peer(sys.argv[1])
    for line in sys.stdin:
        request = json.loads(line)
        reply = getattr(peer, request.pop("operation"))(**request)
        print(json.dumps(reply), file=replies, flush=True)


if __name__ == "__main__":
    main()
