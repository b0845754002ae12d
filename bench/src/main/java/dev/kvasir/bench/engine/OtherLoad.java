package dev.kvasir.bench.engine;

import dev.kvasir.bench.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How much of the processor other programs took while something was measured: on few cores, one
 * compiler that runs beside makes a figure worthless.
 */
final class OtherLoad {
  private static final long TICKS_PER_SECOND = 100; // USER_HZ, on all of Linux's processors
  private static final long ROUNDING = 2; // ticks, of several counters together
  private static final Path ALL = Path.of("/proc/stat");
  private static final int STATE_FIELD = 2; // the first behind the program's name
  private static final int USER_FIELD = 13;

  private final LongSupplier ticks;
  private final LongSupplier nanos;
  private long startNanos;
  private long startTicks;
  private double share;

  /**
   * As others tell it.
   *
   * @param ticks what others have taken so far, in hundredths of a second of one core
   * @param nanos the clock
   */
  OtherLoad(LongSupplier ticks, LongSupplier nanos) {
    this.ticks = ticks;
    this.nanos = nanos;
  }

  /** Of all programs but these. */
  static OtherLoad than(List<Long> processes) {
    List<Long> own = List.copyOf(processes);
    return new OtherLoad(() -> otherTicks(own), System::nanoTime);
  }

  /** Begins a measurement. */
  void start() {
    startNanos = nanos.getAsLong();
    startTicks = ticks.getAsLong();
  }

  /** Ends it. */
  void stop() {
    double seconds = (nanos.getAsLong() - startNanos) / 1e9;
    double busySeconds = (double) (ticks.getAsLong() - startTicks - ROUNDING) / TICKS_PER_SECOND;
    share = Math.max(0, busySeconds / seconds / Machine.cores());
  }

  /** Share of all cores in the last measurement, 0 to 1; 0 where the system does not tell. */
  double share() {
    return share;
  }

  private static long otherTicks(List<Long> ownProcesses) {
    try {
      long ticks = busyTicks(Files.readString(ALL));
      for (long process : ownProcesses) {
        ticks -= processTicks(Files.readString(Path.of("/proc/" + process + "/stat")));
      }
      return ticks;
    } catch (IOException e) {
      return 0; // not Linux
    }
  }

  /**
   * What all cores were busy with: the first line of {@code /proc/stat}, without idle (the fourth),
   * waiting for disks (the fifth) and what guests took, which is counted already (the last two).
   */
  static long busyTicks(String stat) {
    long[] ticks =
        Arrays.stream(stat.lines().findFirst().orElse("").split("\\s+"))
            .skip(1)
            .mapToLong(Long::parseLong)
            .toArray();
    return ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7];
  }

  /** Time of a process and all its threads in {@code /proc/PID/stat}, for itself and the system. */
  static long processTicks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    int user = USER_FIELD - STATE_FIELD;
    return Long.parseLong(fields[user]) + Long.parseLong(fields[user + 1]);
  }
}
