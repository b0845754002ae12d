package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  @Test
  void indices_orders_areWhatTheySay() {
    Random random = new Random(1);
    assertEquals(List.of(0, 1, 2, 3, 4, 5), Order.TILE.indices(6, 3, random));
    assertEquals(List.of(0, 3, 1, 4, 2, 5), Order.INTERLEAVE.indices(6, 3, random));
    List<Integer> shuffled = Order.RANDOM.indices(100, 3, random);
    assertEquals(100, new HashSet<>(shuffled).size());
    assertTrue(!shuffled.equals(IntStream.range(0, 100).boxed().toList()));
  }

  @Test
  void turns_interleavedDocuments_areAskedTwiceInARow() {
    List<Turn> turns = plan(Workload.LONG_DOC, new Amount(0, "interleave", 0, 0)).turns(0);
    for (int i = 0; i < turns.size(); i += 2) {
      assertEquals(document(turns.get(i)), document(turns.get(i + 1)));
    }
    assertEquals(8, turns.stream().map(PlanTest::document).distinct().count());
  }

  @Test
  void turns_ofAnotherOrder_areTheSameTurns() {
    List<Turn> tiled = plan(Workload.SHARED_PREFIX, Amount.OWN).turns(0);
    for (String order : List.of("interleave", "random")) {
      List<Turn> turns = plan(Workload.SHARED_PREFIX, new Amount(0, order, 0, 0)).turns(0);
      assertTrue(!turns.equals(tiled));
      assertEquals(new HashSet<>(tiled), new HashSet<>(turns));
    }
  }

  /** Documents of 1,012 tokens, prompts of 640, each asked twice. */
  @ParameterizedTest
  @CsvSource({
    "LONG_DOC, 20240, 100, 40",
    "LONG_DOC, 20240, 50, 20",
    "LONG_DOC, 20240, 200, 80",
    "OVERFLOW, 64000, 0, 210",
    "OVERFLOW, 64000, 100, 200",
    "OVERFLOW, 1, 0, 2",
  })
  void of_capacity_asksForThatShareOfIt(
      Workload workload, int capacityTokens, int percent, int requests) {
    Plan plan = plan(workload, new Amount(0, "", capacityTokens, percent));
    assertEquals(requests, plan.turns(0).size());
    assertEquals(requests / 2, plan.groups());
  }

  @Test
  void of_whatAWorkloadCannotDo_isRefused() {
    assertRefused("overflow needs --capacity", Workload.OVERFLOW, "", 0, 0);
    assertRefused("--capacity is for long-doc and overflow", Workload.MULTI_TURN, "", 1_000, 0);
    assertRefused("--order is not for open-loop", Workload.OPEN_LOOP, "random", 0, 0);
    assertRefused(
        "--order has 'tiles', but must be of tile, interleave, random",
        Workload.LONG_DOC,
        "tiles",
        0,
        0);
    assertRefused("--footprint is a share of --capacity", Workload.OVERFLOW, "", 0, 100);
    assertThrows(IllegalArgumentException.class, () -> new Amount(10, "", 1_000, 0));
  }

  private static void assertRefused(
      String beginning, Workload workload, String order, int capacityTokens, int percent) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> plan(workload, new Amount(0, order, capacityTokens, percent)));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(beginning), refusal.toString());
  }

  private static Plan plan(Workload workload, Amount amount) {
    return Plan.of(workload, amount);
  }

  private static String document(Turn turn) {
    return turn.text().substring(0, turn.text().indexOf('.'));
  }
}
