package dev.kvasir.cache;

import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself.
 *
 * @param version of Kvasir that it runs; empty if it has never answered
 * @param java that it runs on, likewise
 * @param answering whether it answered just now; if not, the rest is what it said last
 * @param nearBlocks that lie in its near cache
 * @param load null where no requests come in: of a member without a model, or one that starts
 */
public record NodeReport(
    String version, String java, boolean answering, long nearBlocks, @Nullable Load load) {
  /** Of a node that has never answered. */
  public static final NodeReport SILENT = new NodeReport("", "", false, 0, null);

  /**
   * How busy a node is.
   *
   * @param running requests that have had their turn and are not done
   * @param waiting requests that wait for it
   * @param slots most requests that run
   * @param draining whether it takes no new requests
   * @param tokensPerSecond of all its answers, over the last ten seconds
   */
  public record Load(
      int running, int waiting, int slots, boolean draining, double tokensPerSecond) {}

  /** Of this Kvasir, now. */
  public static NodeReport here(long nearBlocks, @Nullable Load load) {
    return new NodeReport(Build.version(), Runtime.version().toString(), true, nearBlocks, load);
  }

  /** The same of a node that does not answer any more. */
  public NodeReport asSilent() {
    return new NodeReport(version, java, false, nearBlocks, load);
  }
}
