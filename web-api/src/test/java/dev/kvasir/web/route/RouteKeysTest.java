package dev.kvasir.web.route;

import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.route.NodeLoad;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.web.json.WireJson;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class RouteKeysTest {
  private static final BlockHash FIRST = new BlockHash(1, 0xabcdefL, 0, 2);
  private static final BlockHash SECOND = new BlockHash(3, 4, 5, 6);

  @Test
  void of_namesBetweenCommas_inOrder() {
    assertEquals(
        List.of(FIRST, SECOND),
        RouteKeys.of(FIRST.toString().toUpperCase(Locale.ROOT) + ", " + SECOND));
  }

  @Test
  void of_none_saysWhatToSend() {
    assertEquals("missing_required_parameter", faultOf(() -> RouteKeys.of(null)).code());
    assertEquals("keys", faultOf(() -> RouteKeys.of(" ")).param());
  }

  @Test
  void of_noNames_refused() {
    for (String wrong :
        List.of("abc", FIRST + ",", FIRST + "0", "x" + FIRST.toString().substring(1))) {
      assertEquals("keys", faultOf(() -> RouteKeys.of(wrong)).param(), wrong);
    }
  }

  @Test
  void of_tooMany_refused() {
    String many = String.join(",", Collections.nCopies(RouteKeys.MAX_KEYS, FIRST.toString()));
    assertEquals(RouteKeys.MAX_KEYS, RouteKeys.of(many).size());
    assertEquals("keys", faultOf(() -> RouteKeys.of(many + "," + FIRST)).param());
  }

  @Test
  void body_nobodyHasTheFirst_namesNoNode() {
    NodeLoad load = new NodeLoad(0, 0, 1, false);
    assertEquals(
        "{\"node\":\"b\",\"blocks\":2,\"keys\":3}",
        WireJson.write(RouteBody.of(new PoolView("b", "", 2, load), 3)));
    assertEquals(
        "{\"blocks\":0,\"keys\":3}",
        WireJson.write(RouteBody.of(new PoolView("a", "", 0, load), 3)));
  }
}
