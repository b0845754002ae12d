package dev.kvasir.cache.route;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Keeps requests from a node that has what they begin with, but also has too much to do. */
final class LoadBound {
  /*
   * Who follows prefixes alone sends all users of one system prompt to one node. Others compare
   * that node with the idlest or the mean of all (SGLang's router and vLLM's: 64 requests and a
   * half more than the idlest; Ray: a difference of queues), or add load and overlap with weights
   * that somebody has to find (Dynamo, llm-d). Here the node is compared with the less busy of two
   * random others (Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001): where
   * all requests were sent to such a one, the longest queue would be of log log n, and nobody has to
   * know all loads at once, of which the idlest would draw everybody. It may be busier by a quarter
   * of its slots, as what it does not compute pays for that.
   *
   * Whatever its slots: a request does not leave for a longer queue than the one before it here.
   */
  static final double SLACK_PER_SLOT = 0.25;

  private final RandomGenerator random;

  LoadBound(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Whether a node may take one more request.
   *
   * @param target that is to take it
   * @param here the node that has it
   * @param others all that answered, the target among them
   */
  boolean allows(PoolView target, PoolView here, List<PoolView> others) {
    NodeLoad load = target.load();
    return !load.draining()
        && load.waiting() <= here.load().waiting()
        && load.perSlot() <= lessBusyOfTwo(target, here, others) + SLACK_PER_SLOT;
  }

  private double lessBusyOfTwo(PoolView target, PoolView here, List<PoolView> others) {
    List<PoolView> choices = new ArrayList<>(others);
    choices.remove(target);
    choices.add(here);
    double first = choices.remove(random.nextInt(choices.size())).load().perSlot();
    return choices.isEmpty()
        ? first
        : Math.min(first, choices.get(random.nextInt(choices.size())).load().perSlot());
  }
}
