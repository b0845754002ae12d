package dev.kvasir.bench.serve;

import java.util.List;
import java.util.Random;

/**
 * A workload in a certain amount.
 *
 * @param requests of it
 * @param groups into which they fall, each of which shares a beginning
 * @param order of the groups' requests
 */
record Plan(Workload workload, int requests, int groups, Order order) {
  /**
   * Of this amount.
   *
   * @throws IllegalArgumentException if the amount says what the workload cannot do
   */
  static Plan of(Workload workload, Amount amount) {
    int requests = requests(workload, amount);
    return new Plan(workload, requests, workload.groups(requests), order(workload, amount));
  }

  private static int requests(Workload workload, Amount amount) {
    if (amount.capacityTokens() > 0) {
      if (workload.groupTokens() == 0) {
        throw new IllegalArgumentException(
            "--capacity is for long-doc and overflow, not for " + workload.label());
      }
      return Workload.PASSES * amount.groups(workload.groupTokens());
    }
    int requests = amount.requests() > 0 ? amount.requests() : workload.requests();
    if (requests == 0) {
      throw new IllegalArgumentException(
          "%s needs --capacity, the tokens that the server's caches hold, or --requests"
              .formatted(workload.label()));
    }
    return requests;
  }

  private static Order order(Workload workload, Amount amount) {
    if (amount.order().isEmpty()) {
      return workload.order();
    }
    if (workload.talks()) {
      throw new IllegalArgumentException(
          "--order is not for %s, whose turns follow from each other".formatted(workload.label()));
    }
    return Labels.find(List.of(Order.values()), "order", amount.order());
  }

  /** The turns in the order of their sending; the same for the same seed. */
  List<Turn> turns(long seed) {
    Words words = new Words(seed);
    return order.indices(requests, groups, new Random(seed)).stream()
        .map(index -> workload.turn(index, groups, words))
        .toList();
  }
}
