package dev.kvasir.web.cache;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.cache.browse.PromptBlocks;
import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.cache.browse.RunPage;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.web.json.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TreeBodiesTest {
  private static final BlockHash FIRST = new BlockHash(1, 0, 0, 2);
  private static final BlockHash LAST = new BlockHash(3, 0, 0, 4);
  private static final BlockRun RUN =
      new BlockRun(
          new BlockInfo(FIRST, null, 0, 100, "default", "a", 3, 9.5, 1.5, 1, true),
          new BlockInfo(LAST, FIRST, 1, 100, "default", "b", 3, 9.5, 1.5, 2, false),
          new BlockRun.Extent(2, 200),
          new BlockRun.Extent(7, 700),
          List.of("a", "b"),
          1,
          2,
          0);

  @Test
  void runs_page_firstBlockWholeAndTheRestInSums() {
    String json = WireJson.write(RunsBody.of(new RunPage(List.of(RUN), 5)));

    assertTrue(json.startsWith("{\"runs\":[{\"first\":{\"hash\":\"" + FIRST), json);
    assertTrue(
        json.endsWith(
            "\"last\":\"%s\",\"children\":2,\"blocks\":2,\"bytes\":200,".formatted(LAST)
                + "\"branch_blocks\":7,\"branch_bytes\":700,\"owners\":[\"a\",\"b\"],"
                + "\"pinned_blocks\":1,\"disk_blocks\":2,\"pool_blocks\":0}],\"total\":5}"),
        json);
  }

  @Test
  void found_nothing_zeros() {
    assertEquals(
        "{\"tokens\":90,\"whole_blocks\":1,\"grid_blocks\":0,\"pool_blocks\":0,"
            + "\"disk_blocks\":0,\"path\":[]}",
        WireJson.write(FoundBody.of(new PromptBlocks(90, 1, 0, 0, 0, null, List.of()))));
    assertTrue(
        WireJson.write(FoundBody.of(new PromptBlocks(90, 1, 1, 0, 0, LAST, List.of(RUN))))
            .contains("\"last\":\"" + LAST));
  }

  @Test
  void find_textOrSystem_oneOfThem() {
    assertEquals(
        new PromptText("default", "Be", PromptText.Kind.RENDERED),
        new FindRequest("Be", null, null).toText());
    assertEquals(
        new PromptText("acme", "Be", PromptText.Kind.SYSTEM),
        new FindRequest(null, "Be", "acme").toText());
    assertFault(faultOf(() -> new FindRequest(null, null, null).toText()), "text", "invalid_value");
    assertFault(faultOf(() -> new FindRequest("Be", "Be", null).toText()), "text", "invalid_value");
  }
}
