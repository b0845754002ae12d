package dev.kvasir.cache;

/** Monotonic clock; its values mean something only when compared inside one JVM. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary moment. */
  long read();

  /** The JVM's own. */
  static Ticker system() {
    return System::nanoTime;
  }
}
