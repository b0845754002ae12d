"""llama.cpp as a measured system: one JSON request a line on stdin, one JSON line back on stdout.

    llama_cpp_peer.py GGUF THREADS

Operations: start, prefill, decode, load, gaps; bench/src/main/java/dev/kvasir/bench/engine/Peer.java
says what they are. Prompts of a length stay in a context of their own, so that only the first
request for them computes them.
"""

import json
import sys
import time

import llama_cpp as llama
import numpy as np

BATCH_TOKENS = 2048
MICRO_BATCH_TOKENS = 512
ROOM_TOKENS = 256  # behind a prompt, for its answer
LOAD_STEPS = 4


class Sequences:
    """Contexts' worth of sequences that share nothing; slot `i` holds `held[i]`."""

    def __init__(self, model, count, tokens, threads):
        params = llama.llama_context_default_params()
        # A sequence's own room comes in steps of 256 cells.
        self.room = -(-tokens // 256) * 256
        params.n_ctx = count * self.room
        params.n_seq_max = count
        params.n_batch = BATCH_TOKENS
        params.n_ubatch = MICRO_BATCH_TOKENS
        params.n_threads = params.n_threads_batch = threads
        params.kv_unified = False
        self.context = llama.llama_init_from_model(model, params)
        if not self.context:
            raise RuntimeError(f"no context of {count} x {self.room} tokens")
        self.memory = llama.llama_get_memory(self.context)
        self.vocabulary = llama.llama_vocab_n_tokens(llama.llama_model_get_vocab(model))
        self.held = [[] for _ in range(count)]
        self.batch = llama.llama_batch_init(BATCH_TOKENS, 0, 1)

    def keep(self, slot, tokens):
        """Cuts a slot's sequence back to its longest common start with `tokens`; gives the length."""
        held, common = self.held[slot], 0
        while common < min(len(held), len(tokens)) and held[common] == tokens[common]:
            common += 1
        llama.llama_memory_seq_rm(self.memory, slot, common, -1)
        del held[common:]
        return common

    def step(self, rows):
        """Computes (slot, token, wants logits) rows; gives (wanted, vocabulary) logits."""
        wanted = []
        for start in range(0, len(rows), BATCH_TOKENS):
            part = rows[start : start + BATCH_TOKENS]
            self.batch.n_tokens = len(part)
            for row, (slot, token, wants) in enumerate(part):
                self.batch.token[row] = token
                self.batch.pos[row] = len(self.held[slot])
                self.batch.n_seq_id[row] = 1
                self.batch.seq_id[row][0] = slot
                self.batch.logits[row] = wants
                self.held[slot].append(token)
            status = llama.llama_decode(self.context, self.batch)
            if status != 0:
                raise RuntimeError(f"llama_decode gave {status}")
            for row, (_, _, wants) in enumerate(part):
                if wants:
                    logits = llama.llama_get_logits_ith(self.context, row)
                    wanted.append(np.ctypeslib.as_array(logits, (self.vocabulary,)).copy())
        return wanted

    def extend(self, slot, tokens):
        """Computes what a slot lacks of `tokens`, the last one anew; gives the next token."""
        done = self.keep(slot, tokens[:-1])
        rows = [(slot, token, False) for token in tokens[done:-1]] + [(slot, tokens[-1], True)]
        return int(self.step(rows)[0].argmax())

    def advance(self, tokens):
        """One decode step: slot `i` gets `tokens[i]`; gives the next tokens."""
        logits = self.step([(slot, token, True) for slot, token in enumerate(tokens)])
        return [int(row.argmax()) for row in logits]


class Peer:
    def __init__(self, path, threads):
        llama.llama_backend_init()
        params = llama.llama_model_default_params()
        params.n_gpu_layers = 0
        self.model = llama.llama_model_load_from_file(path.encode(), params)
        self.threads = threads
        self.single = None
        self.batches = {}

    def start(self):
        return {}

    def sequences(self, length):
        """The slots for prompts of a length: 16, and one for a prompt that comes under load."""
        if length not in self.batches:
            self.batches[length] = Sequences(self.model, 17, length + ROOM_TOKENS, self.threads)
        return self.batches[length]

    def prefill(self, prompt, cached):
        if self.single is None or self.single.room < len(prompt):
            self.single = Sequences(self.model, 1, max(len(prompt), 4096), self.threads)
        if cached and self.single.keep(0, prompt[:cached]) < cached:
            self.single.extend(0, prompt[:cached])
        self.single.keep(0, prompt[:cached])
        started = time.perf_counter()
        token = self.single.extend(0, prompt)
        return {"millis": millis_since(started), "answers": [[token]]}

    def decode(self, prompts, steps):
        sequences = self.sequences(len(prompts[0]))
        answers = [[sequences.extend(slot, prompt)] for slot, prompt in enumerate(prompts)]
        tokens = [answer[0] for answer in answers]
        started = time.perf_counter()
        for _ in range(steps):
            tokens = sequences.advance(tokens)
            for answer, token in zip(answers, tokens):
                answer.append(token)
        return {"millis": millis_since(started) / steps, "answers": answers}

    def load(self, prompts, prompt):
        """As its server does: the prompt joins the decoding sequences in their next step."""
        sequences = self.sequences(len(prompts[0]))
        tokens = [sequences.extend(slot, running) for slot, running in enumerate(prompts)]
        for _ in range(LOAD_STEPS):
            tokens = sequences.advance(tokens)
        new = len(sequences.held) - 1
        sequences.keep(new, [])
        started = time.perf_counter()
        tokens = sequences.advance(tokens)  # had begun when the prompt came
        rows = [(slot, token, True) for slot, token in enumerate(tokens)]
        rows += [(new, token, False) for token in prompt[:-1]] + [(new, prompt[-1], True)]
        token = int(sequences.step(rows)[-1].argmax())
        return {"millis": millis_since(started), "answers": [[token]]}

    def gaps(self, prompts, answers):
        """Each answer token's distance from the best logit where it stands."""
        sequences = self.sequences(len(prompts[0]))
        gaps = []
        for slot, (prompt, answer) in enumerate(zip(prompts, answers)):
            sequences.extend(slot, prompt)
            sequences.keep(slot, prompt[:-1])
            rows = [(slot, token, True) for token in [prompt[-1]] + answer[:-1]]
            logits = sequences.step(rows)
            gaps.append([float(row.max() - row[token]) for row, token in zip(logits, answer)])
        return {"gaps": gaps}


def millis_since(started):
    return (time.perf_counter() - started) * 1e3


def main():
    peer = Peer(sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin:
        request = json.loads(line)
        reply = getattr(peer, request.pop("operation"))(**request)
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
