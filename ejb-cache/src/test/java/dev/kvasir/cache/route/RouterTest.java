package dev.kvasir.cache.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.route.Route.Advice;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Node a asks b and others, all of 8 slots, for a prompt of 10 blocks; 2 more are worth the way.
 */
class RouterTest {
  private static final int SLOTS = 8;
  private static final List<BlockHash> PROMPT =
      IntStream.range(0, 10).mapToObj(block -> new BlockHash(block, 0, 0, 0)).toList();

  private final List<PoolView> others = new ArrayList<>();
  private PoolView here = view("a", 0, 0, 0);
  private int questions;

  private static PoolView view(String node, int blocks, int running, int waiting) {
    return new PoolView(
        node, "http://" + node, blocks, new NodeLoad(running, waiting, SLOTS, false));
  }

  private static PoolView draining(String node, int blocks) {
    return new PoolView(node, "http://" + node, blocks, new NodeLoad(0, 0, SLOTS, true));
  }

  private Router router(RouteMode mode) {
    PoolCensus census =
        new PoolCensus() {
          @Override
          public List<PoolView> ask(List<BlockHash> hashes) {
            questions++;
            return List.copyOf(others);
          }

          @Override
          public boolean hasNode(String name) {
            return others.stream().anyMatch(view -> view.node().equals(name));
          }
        };
    return new Router(
        new RouteRules(mode, "http://a", 2), census, hashes -> here, new Random(questions));
  }

  private Route forward() {
    return router(RouteMode.FORWARD).of(PROMPT);
  }

  private void others(PoolView... views) {
    others.clear();
    others.addAll(List.of(views));
  }

  @Test
  void of_anotherHasTheLongest_isTheRoute() {
    others(view("b", 3, 0, 0), view("c", 7, 0, 0), view("d", 5, 0, 0));
    assertEquals(new Route("c", "http://c", 7, Advice.THERE), forward());
  }

  @Test
  void of_equallyLong_theIdler() {
    others(view("b", 7, 2, 0), view("c", 7, 1, 0), view("d", 7, 2, 0));
    assertEquals("c", forward().node());
  }

  @Test
  void of_hardlyMoreThanHere_staysHere() {
    here = view("a", 6, 0, 0);
    others(view("b", 7, 0, 0));
    assertEquals(new Route("a", "http://a", 6, Advice.HERE), forward());
    others(view("b", 8, 0, 0));
    assertEquals(Advice.THERE, forward().advice());
  }

  @Test
  void of_hereHasAlmostAll_nobodyIsAsked() {
    here = view("a", 9, 0, 0);
    others(view("b", 10, 0, 0));
    assertEquals(Advice.HERE, forward().advice());
    assertEquals(0, questions);
  }

  @Test
  void of_nobodyAnswers_staysHere() {
    assertEquals(Advice.HERE, forward().advice());
  }

  @Test
  void of_longerQueueThere_staysHere() {
    others(view("b", 10, SLOTS, 1));
    assertEquals(new Route("b", "http://b", 10, Advice.BUSY), forward());
    here = view("a", 0, SLOTS, 1);
    assertEquals(Advice.THERE, forward().advice());
  }

  @Test
  void of_busierByMoreThanAQuarterOfTheSlots_staysHere() {
    here = view("a", 0, 1, 0);
    others(view("b", 10, 3, 0));
    assertEquals(Advice.THERE, forward().advice());
    others(view("b", 10, 4, 0));
    assertEquals(Advice.BUSY, forward().advice());
  }

  @Test
  void of_draining_staysHere() {
    others(draining("b", 10));
    assertEquals(Advice.BUSY, forward().advice());
  }

  @Test
  void of_hereIsDraining_nothingIsSentOn() {
    here = draining("a", 0);
    others(view("b", 10, 0, 0));
    assertEquals(Advice.HERE, forward().advice());
  }

  @Test
  void of_manyNodes_theBoundIsTheLessBusyOfTwoOthers() {
    here = view("a", 0, 8, 0);
    List<PoolView> views = new ArrayList<>(List.of(view("b", 10, 6, 0)));
    for (int idle = 0; idle < 4; idle++) {
      views.add(view("idle" + idle, 0, 0, 0));
      views.add(view("busy" + idle, 0, 8, 0));
    }
    others(views.toArray(PoolView[]::new));
    int sent = 0;
    Router router = router(RouteMode.FORWARD);
    for (int request = 0; request < 900; request++) {
      sent += router.of(PROMPT).advice() == Advice.THERE ? 1 : 0;
    }
    // it goes if both choices are among the five busy of nine: 5/9 x 4/8 = 0.28
    assertTrue(sent > 180 && sent < 320, sent + " of 900");
  }

  @Test
  void of_hint_namesEvenTheBusy() {
    others(view("b", 10, SLOTS, 9));
    assertEquals(new Route("b", "http://b", 10, Advice.THERE), router(RouteMode.HINT).of(PROMPT));
  }

  @Test
  void of_nodeWithoutAddress_nothingIsSentThere() {
    others(new PoolView("b", "", 10, new NodeLoad(0, 0, SLOTS, false)));
    assertEquals(Advice.BUSY, forward().advice());
  }

  @Test
  void longest_thisNodeIncluded_howeverBusy() {
    here = view("a", 4, 0, 0);
    others(view("b", 4, 1, 0));
    assertEquals("a", router(RouteMode.NONE).longest(PROMPT).node());
    others(view("b", 5, SLOTS, 9));
    assertEquals("b", router(RouteMode.NONE).longest(PROMPT).node());
  }
}
