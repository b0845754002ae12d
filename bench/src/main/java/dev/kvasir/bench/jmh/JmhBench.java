package dev.kvasir.bench.jmh;

import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the microbenchmarks: average time of a call, of one also the time that 99 of 100 calls take
 * at most, each in two fresh JVMs.
 */
public final class JmhBench {
  private static final int FORKS = 2;
  private static final int ITERATIONS = 5;
  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  /** Of which the slowest calls count, too. */
  private static final String SAMPLED = "GridLookupBenchmark.wholePrompt";

  private final String only;
  private final PrintStream out;

  /** Of the benchmarks with {@code only} in their names; all if it is empty. */
  public JmhBench(String only, PrintStream out) {
    this.only = only;
    this.out = out;
  }

  /**
   * Measures, prints the table and gives the figures: the median of the iterations with the
   * smallest and the largest.
   *
   * @throws IllegalStateException if there is no such benchmark, or one failed
   */
  public Measurements run() {
    Measurements measurements = new Measurements();
    Table table = new Table("benchmark (ns)", "median", "low", "high");
    for (RunResult result : results(Mode.AverageTime, only)) {
      table.add(row(measurements, result, "time", Statistics::getMean));
    }
    if (SAMPLED.contains(only)) {
      for (RunResult result : results(Mode.SampleTime, SAMPLED)) {
        table.add(row(measurements, result, "p99", calls -> calls.getPercentile(99)));
      }
    }
    table.print(out);
    return measurements;
  }

  private static List<String> row(
      Measurements measurements,
      RunResult result,
      String metric,
      ToDoubleFunction<Statistics> figure) {
    String name = name(result.getParams());
    Measurements.Row row =
        measurements.add(name, "kvasir", metric, "ns", iterations(result, figure));
    return List.of(
        metric.equals("time") ? name : name + ", " + metric,
        number(row.value()),
        number(row.low()),
        number(row.high()));
  }

  private static Collection<RunResult> results(Mode mode, String only) {
    Options options =
        new OptionsBuilder()
            .include(JmhBench.class.getPackageName() + ".*" + Pattern.quote(only))
            .mode(mode)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(FORKS)
            .warmupIterations(ITERATIONS)
            .warmupTime(ITERATION)
            .measurementIterations(ITERATIONS)
            .measurementTime(ITERATION)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      return new Runner(options).run();
    } catch (NoBenchmarksException e) {
      throw new IllegalStateException("no benchmark has '" + only + "' in its name", e);
    } catch (RunnerException e) {
      throw new IllegalStateException("a benchmark failed", e);
    }
  }

  private static List<Double> iterations(RunResult result, ToDoubleFunction<Statistics> figure) {
    return result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .map(iteration -> iteration.getPrimaryResult().getStatistics())
        .map(calls -> (Double) figure.applyAsDouble(calls))
        .toList();
  }

  /** Such as {@code HashChain.hashPrompt tokens=512}. */
  private static String name(BenchmarkParams params) {
    StringBuilder name =
        new StringBuilder(
            params
                .getBenchmark()
                .replace(JmhBench.class.getPackageName() + ".", "")
                .replace("Benchmark.", "."));
    params
        .getParamsKeys()
        .forEach(key -> name.append(' ').append(key).append('=').append(params.getParam(key)));
    return name.toString();
  }

  private static String number(double nanos) {
    return String.format(Locale.ROOT, "%,.0f", nanos);
  }
}
