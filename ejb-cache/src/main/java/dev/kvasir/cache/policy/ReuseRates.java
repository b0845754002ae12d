package dev.kvasir.cache.policy;

/**
 * How likely a block is used again, by its class and by how long it has waited; learned while it
 * runs. What it answers is the worth of keeping a block: reuses for each unit of time that it would
 * lie here, as far ahead as that pays best.
 */
final class ReuseRates {
  /*
   * For each class and each range of ages (two to an octave), reuses are counted, and the time
   * that blocks spent there is estimated by looking at a few random blocks at each use, ghosts
   * included: the blocks looked at times those that each stands for. Their quotient is the rate of
   * reuse at that age, which eviction does not bias, since blocks that left are watched as well.
   *
   * Where little was seen, a rate leans on what is known next to it, as if PRIOR reuses had been
   * seen there: for all classes together on the range before, on the assumption that a range of
   * ages gives FADE of the reuses that the one before gave; for a class on all classes, times how
   * it differed from them in the range before. Nothing seen at all gives LRU.
   *
   * Keeping a block until it is reused, but for a time T at most, gives P(reused by T) hits for
   * E[min(T, time to reuse)] of room. The best quotient over all T is the Gittins index of the
   * block [1]; who has the least leaves. T needs not be told: it is long where reuse comes late
   * but surely (a loop), short where it comes soon or never (a flood). The same quotient without
   * the choice of T is the hit density of [2].
   *
   * [1] Gittins, "Bandit processes and dynamic allocation indices", 1979,
   *     https://doi.org/10.1111/j.2517-6161.1979.tb01068.x
   * [2] Beckmann, Chen, Cidon, "LHD", NSDI 2018,
   *     https://www.usenix.org/conference/nsdi18/presentation/beckmann
   */
  private static final int RANGES = 80;
  private static final double PRIOR = 20;
  private static final double FADE = 0.7;
  private static final double FIRST_RATE = 1e-3;
  private static final int LEARN_EVERY = 1 << 10;
  private static final int FORGET_EVERY = 1 << 15;
  private static final double KEPT = 0.9;

  private final int classes;
  private final double[][] reuses; // (classes, RANGES)
  private final double[][] waits; // (classes, RANGES): blocks x time
  private final double[][] worths; // (classes, RANGES)
  private long ticks;

  /** Nothing seen yet. */
  ReuseRates(int classes) {
    this.classes = classes;
    this.reuses = new double[classes][RANGES];
    this.waits = new double[classes][RANGES];
    this.worths = new double[classes][RANGES];
    learn();
  }

  /** A block of the class was used again at that age. */
  void reused(int reuseClass, long age) {
    reuses[reuseClass][range(age)]++;
  }

  /** Blocks of the class spent that time at that age. */
  void waited(int reuseClass, long age, double time) {
    waits[reuseClass][range(age)] += time;
  }

  /** One unit of time is over. */
  void tick() {
    ticks++;
    if (ticks % LEARN_EVERY == 0) {
      learn();
    }
    if (ticks % FORGET_EVERY == 0) {
      fade(reuses);
      fade(waits);
    }
  }

  /** Reuses to expect for each unit of time, of a block that has waited so long. */
  double worth(int reuseClass, long age) {
    return worths[reuseClass][range(age)];
  }

  /** 0, 1, 2, 3, 4-5, 6-7, 8-11, 12-15, ... */
  private static int range(long age) {
    if (age < 2) {
      return age < 1 ? 0 : 1;
    }
    int octave = 63 - Long.numberOfLeadingZeros(age);
    return Math.min(RANGES - 1, 2 * octave + (int) ((age >> (octave - 1)) & 1));
  }

  private static double width(int range) {
    return range < 4 ? 1 : 1L << (range / 2 - 1);
  }

  private void learn() {
    double[] all = ratesOfAll();
    for (int reuseClass = 0; reuseClass < classes; reuseClass++) {
      double[] rates = new double[RANGES];
      double difference = 1;
      for (int range = 0; range < RANGES; range++) {
        double expected = all[range] * difference;
        rates[range] =
            (reuses[reuseClass][range] + PRIOR) / (waits[reuseClass][range] + PRIOR / expected);
        difference = rates[range] / all[range];
      }
      fillWorths(worths[reuseClass], rates);
    }
  }

  private double[] ratesOfAll() {
    double[] all = new double[RANGES];
    double expected = FIRST_RATE;
    for (int range = 0; range < RANGES; range++) {
      double seen = PRIOR;
      double time = PRIOR / expected;
      for (int reuseClass = 0; reuseClass < classes; reuseClass++) {
        seen += reuses[reuseClass][range];
        time += waits[reuseClass][range];
      }
      all[range] = seen / time;
      expected = range + 1 == RANGES ? 0 : all[range] * width(range) / width(range + 1) * FADE;
    }
    return all;
  }

  private static void fillWorths(double[] worths, double[] rates) {
    double[] ends = new double[RANGES]; // share of waits that end within the range
    double[] times = new double[RANGES]; // mean time spent in it
    for (int range = 0; range < RANGES; range++) {
      ends[range] = -Math.expm1(-rates[range] * width(range));
      times[range] = ends[range] / rates[range];
    }
    for (int from = 0; from < RANGES; from++) {
      double left = 1;
      double hits = 0;
      double time = 0;
      double best = 0;
      for (int to = from; to < RANGES; to++) {
        hits += left * ends[to];
        time += left * times[to];
        left *= 1 - ends[to];
        best = Math.max(best, hits / time);
      }
      worths[from] = best;
    }
  }

  private static void fade(double[][] counts) {
    for (double[] row : counts) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= KEPT;
      }
    }
  }
}
