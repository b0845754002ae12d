package dev.kvasir.bench;

import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.graph.KernelProbe;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Time and memory that loading a model takes, in processes that have done nothing else. */
final class LoadBench {
  /*
   * Loading begins with TensorFlow's library, which takes its time each time and its memory once, whatever the model.
   * Time is counted from before it, in processes of their own; memory from behind it, in this one. Garbage of the Java
   * heap is collected before memory is read, and the heap given back: it is resident until then, but would be reused.
   */

  private static final int TIMED_LOADS = 5;
  private static final int READINGS = 25;
  private static final long BETWEEN_READINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final PrintStream out;
  private final Measurements measurements = new Measurements();

  LoadBench(PrintStream out) {
    this.out = out;
  }

  /** Loads the model once, prints what it took and gives the figures. */
  Measurements run(Path modelPath) throws IOException {
    ExecutorService executor = Executors.newCachedThreadPool();
    try {
      List<Double> seconds = new ArrayList<>();
      for (int load = 0; load < TIMED_LOADS; load++) {
        seconds.add(LoadTimer.time(modelPath));
      }
      KernelProbe.fastest(NumberType.F32); // loads TensorFlow's library
      long before = settledBytes();
      try (Engine engine = Engine.start(EngineConfig.of(modelPath), executor)) {
        report(engine.model(), seconds, settledBytes() - before);
      }
      return measurements;
    } finally {
      executor.shutdownNow();
    }
  }

  private void report(Model model, List<Double> seconds, long growthBytes) {
    ModelInfo info = model.info();
    BlockPoolStats pool = model.poolStats();
    long poolBytes = (long) pool.capacityBlocks() * pool.blockBytes();
    long weightBytes = info.parameters() * (info.layout().type() == KvType.BF16 ? 2 : 4);
    out.printf(
        "%s, %s %s, %s%n", info.id(), info.layout().type(), info.kernelForm(), Machine.facts());
    add("time", "s", seconds);
    add("growth", "MB", List.of(growthBytes / 1e6));
    add("pool", "MB", List.of(poolBytes / 1e6));
    add("weights", "MB", List.of(weightBytes / 1e6));
    add(
        "growth without pool, of the weights",
        "x",
        List.of((double) (growthBytes - poolBytes) / weightBytes));
  }

  private void add(String metric, String unit, List<Double> values) {
    Measurements.Row row = measurements.add("load", "kvasir", metric, unit, values);
    String spread =
        values.size() == 1
            ? ""
            : String.format(Locale.ROOT, " (%.2f to %.2f)", row.low(), row.high());
    out.printf("%-36s %8.2f %s%s%n", row.metric(), row.value(), row.unit(), spread);
  }

  /** Resident memory of this process once it falls no further. */
  private static long settledBytes() throws IOException {
    System.gc();
    long smallest = residentBytes();
    for (int reading = 0; reading < READINGS; reading++) {
      LockSupport.parkNanos(BETWEEN_READINGS_NANOS);
      smallest = Math.min(smallest, residentBytes());
    }
    return smallest;
  }

  private static long residentBytes() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(one -> one.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow(() -> new IOException("/proc/self/status does not tell VmRSS"));
    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
  }
}
