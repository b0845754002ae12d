package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tenant looks for what another one has asked in the time that answers take. */
@ExtendWith(KvasirCluster.Shared.class)
@TestInstance(Lifecycle.PER_CLASS)
final class CrossTenantTimeIT {
  /*
   * In each round the owner asks a prompt of a thousand tokens, so that its blocks are in the
   * engine's pool, the fastest place. Then, in random order, the same prompt is asked by whoever
   * probes, and one of the same kind that nobody has asked. Both times are taken next to each
   * other, so that whatever else the machine does falls on either alike.
   *
   * A leak is planted by probing with the owner's own key. What it shortens must be seen at the
   * size of the first look. Without it, times must be shown to be within the same factor. A noisy
   * machine may need more rounds for that: up to LOOKS looks at all rounds so far, the error of 5%
   * shared among them (Bonferroni).
   *
   * FACTOR: a quarter of the time to the first token, where a hit of such a prompt saves more than
   * half. A leak too small for the times, down to one block, is in the counts, which are exact.
   */
  private static final double FACTOR = 1.25;
  private static final int ROUNDS_A_LOOK = 16;
  private static final int LOOKS = 6;
  private static final double LEVEL = 0.05 / LOOKS;

  private final KvasirNode node;
  private final Random order = new Random(20);
  private TenantProbe owner;
  private TenantProbe prober;

  CrossTenantTimeIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
    owner = new TenantProbe(node.client());
    prober = owner;
  }

  @BeforeAll
  void makeTenants() throws IOException, InterruptedException {
    owner = TenantProbe.of(node, "timed-owner");
    prober = TenantProbe.of(node, "timed-stranger");
    for (TenantProbe tenant : List.of(owner, prober)) {
      tenant.ask(TenantProbe.newPrompt()); // makes its salt and its place in the queue
    }
  }

  @Test
  void firstToken_strangersHit_asLongAsAMiss() throws IOException, InterruptedException {
    List<Long> hits = new ArrayList<>();
    List<Long> misses = new ArrayList<>();
    probe(owner, hits, misses);
    double pLeak = TwoSamples.of(hits, misses).pShorterByMoreThan(FACTOR);
    assertTrue(pLeak < LEVEL, () -> "the planted leak is not seen: p = " + pLeak);

    List<Long> foreign = new ArrayList<>();
    List<Long> fresh = new ArrayList<>();
    double pEqual = 1;
    for (int look = 0; look < LOOKS && pEqual >= LEVEL; look++) {
      probe(prober, foreign, fresh);
      pEqual = TwoSamples.of(foreign, fresh).pWithin(FACTOR);
    }
    assertTrue(
        pEqual < LEVEL,
        "not shown to be within the factor %s: p = %s, foreign %s, fresh %s ns"
            .formatted(FACTOR, pEqual, foreign, fresh));
  }

  /** One look's rounds; adds the times of prompts that the owner has asked, and of others. */
  private void probe(TenantProbe who, List<Long> asked, List<Long> unasked)
      throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS_A_LOOK; round++) {
      String known = TenantProbe.newPrompt();
      owner.ask(known);
      boolean knownFirst = order.nextBoolean();
      if (knownFirst) {
        asked.add(who.ask(known).firstTokenNanos());
      }
      unasked.add(who.ask(TenantProbe.newPrompt()).firstTokenNanos());
      if (!knownFirst) {
        asked.add(who.ask(known).firstTokenNanos());
      }
    }
  }
}
