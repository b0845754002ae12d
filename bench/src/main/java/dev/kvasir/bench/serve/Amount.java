package dev.kvasir.bench.serve;

/**
 * How much of a workload is asked, and in which order.
 *
 * @param requests how many; 0 for as many as the capacity says, or else the workload's own number
 * @param order of {@link Order}, by its label; empty for the workload's own
 * @param capacityTokens that the server's caches hold; 0 if requests are not counted by it
 * @param footprintPercent of these that are asked for; 0 for the usual
 */
public record Amount(int requests, String order, int capacityTokens, int footprintPercent) {
  private static final int USUAL_FOOTPRINT = 105;

  /** What a workload takes by itself. */
  public static final Amount OWN = new Amount(0, "", 0, 0);

  /**
   * Checks what belongs together.
   *
   * @throws IllegalArgumentException if one of two is missing, or one too many
   */
  public Amount {
    if (footprintPercent > 0 && capacityTokens == 0) {
      throw new IllegalArgumentException(
          "--footprint is a share of --capacity, but that is missing");
    }
    if (requests > 0 && capacityTokens > 0) {
      throw new IllegalArgumentException(
          "requests are counted by --requests or by --capacity, but both are given");
    }
  }

  /** Groups of so many tokens each that fill the footprint: the last one may exceed it. */
  int groups(int groupTokens) {
    double percent = footprintPercent == 0 ? USUAL_FOOTPRINT : footprintPercent;
    return (int) Math.ceil(capacityTokens * percent / 100 / groupTokens);
  }
}
