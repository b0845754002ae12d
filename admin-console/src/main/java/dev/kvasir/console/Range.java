package dev.kvasir.console;

/** How far back figures over time go, and how fine. */
public enum Range {
  /** Five minutes, by ten seconds. */
  MINUTES(10, 30),
  /** An hour, by the minute. */
  HOUR(60, 60),
  /** A day, by a quarter of an hour. */
  DAY(900, 96);

  private final int bucketSeconds;
  private final int buckets;

  Range(int bucketSeconds, int buckets) {
    this.bucketSeconds = bucketSeconds;
    this.buckets = buckets;
  }

  /** Width of a bucket. */
  public int bucketSeconds() {
    return bucketSeconds;
  }

  /** How many there are. */
  public int buckets() {
    return buckets;
  }
}
