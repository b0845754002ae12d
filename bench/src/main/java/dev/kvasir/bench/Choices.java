package dev.kvasir.bench;

import dev.kvasir.bench.engine.EngineChoice;
import dev.kvasir.bench.policy.PolicyBench;
import dev.kvasir.bench.serve.Amount;
import dev.kvasir.bench.serve.ServeBench;
import java.net.URI;
import java.util.Arrays;

/** What options ask for, as the measurements want to be told. */
final class Choices {
  private Choices() {}

  static EngineChoice engine(Arguments arguments) {
    return EngineChoice.of(
        arguments.text("systems"), arguments.text("cases"), arguments.number("repeats", 1, 3));
  }

  static PolicyBench.Choice policy(Arguments arguments) {
    return new PolicyBench.Choice(
        arguments.required("trace").startsWith(PolicyBench.SYNTHETIC)
            ? arguments.required("trace")
            : arguments.requiredFile("trace").toString(),
        PolicyBench.Choice.sizes(arguments.required("sizes")),
        arguments.text("policies"),
        arguments.path("csv"),
        arguments.path("svg"));
  }

  static ServeBench.Choice serve(Arguments arguments) {
    return new ServeBench.Choice(
        Arrays.stream(arguments.required("url").split(",", -1)).map(URI::create).toList(),
        arguments.text("key").orElse(""),
        arguments.text("served-model").orElse(""),
        arguments.required("workload"),
        arguments.text("system").orElse("kvasir"),
        new ServeBench.Load(
            new Amount(
                arguments.number("requests", 1, 0),
                arguments.text("order").orElse(""),
                arguments.number("capacity", 1, 0),
                arguments.number("footprint", 1, 0)),
            arguments.rate("rate", 0),
            arguments.number("concurrency", 1, 0),
            arguments.number("seed", 0, 0)));
  }
}
