package dev.kvasir.web.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.ClientInfo;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.cache.NodeReport;
import dev.kvasir.cache.PinOutcome;
import dev.kvasir.cache.PublishCounts;
import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.RecomputeChecks;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.TierStats;
import dev.kvasir.cache.TokenCounts;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.IdleStats;
import dev.kvasir.web.json.WireJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What administrators read, character for character. */
final class AdminBodiesTest {
  @Test
  void stats_everyCounter_inItsGroup() {
    CacheStats stats =
        new CacheStats(
            "a",
            new CacheStats.Requests(1, 2, Map.of("first_seen", 9L)),
            new TokenCounts(
                Map.of(
                    Source.POOL,
                    4L,
                    Source.NEAR,
                    5L,
                    Source.LOCAL,
                    6L,
                    Source.REMOTE,
                    7L,
                    Source.DISK,
                    0L),
                8),
            new PublishCounts(10, 11, 12, 13, 14, Map.of("not_admitted", 15L), Map.of("t", 16L)),
            new GridStats(
                new GridStats.Held(17, 18, 19, 20),
                new GridStats.Near(21, 22, 23, 24),
                Map.of("policy", 15L),
                16),
            new TierStats(
                TierStats.State.FAILED, "full", 47, 48, 49, Map.of(TierEvent.WRITTEN, 50L)),
            new BlockPoolStats(25, 26, 27, 28, 29),
            new EngineStats(34, 35, 36, 37, 38, 39, 40, 41, new IdleStats(42, 43, 44, 45)),
            "open",
            new CacheStats.Timing(30, 31, 32, 33),
            CacheStats.Spent.NONE,
            new RecomputeChecks(51, 52, 54, 53, 0.25, 0.5));

    assertEquals(
        "{\"node\":\"a\",\"requests\":{\"total\":1,\"hit\":2},"
            + "\"tokens\":{\"prompt\":30,\"pool\":4,\"near\":5,\"local\":6,\"remote\":7,"
            + "\"disk\":0,\"computed\":8,\"hit_rate\":0.7333333333333333},\"miss_reasons\":{\"first_seen\":9},"
            + "\"publish\":{\"published\":10,\"skipped\":11,\"dropped\":12,\"failed\":13,"
            + "\"queued\":14,\"refused\":{\"not_admitted\":15},\"over_quota\":{\"t\":16}},\"evictions\":{\"policy\":15},\"reconciled\":16,"
            + "\"grid\":{\"blocks\":17,\"bytes\":18,\"owned_bytes\":19,\"backup_bytes\":20},"
            + "\"near\":{\"entries\":21,\"bytes\":22,\"capacity\":23,\"evictions\":24},"
            + "\"disk\":{\"state\":\"failed\",\"reason\":\"full\",\"blocks\":47,\"bytes\":48,"
            + "\"budget_bytes\":49,\"events\":{\"written\":50}},"
            + "\"pool\":{\"capacity_blocks\":25,\"used_blocks\":26,\"cached_blocks\":27,"
            + "\"evicted_blocks\":28,\"block_bytes\":29},\"engine\":{\"waiting\":34,\"running\":35,\"preempted\":36,"
            + "\"preemptions\":37,\"decode_steps\":38,\"decoded_rows\":39,\"drafted_tokens\":40,"
            + "\"accepted_tokens\":41,\"idle\":{\"waiting_blocks\":42,\"computed_tokens\":43,"
            + "\"shared_blocks\":44,\"dropped_blocks\":45}},\"queue\":{\"high\":42,\"normal\":43,\"low\":44,\"running\":45,"
            + "\"slots\":46},\"circuit\":\"open\","
            + "\"ttft_ms\":{\"hit_p50\":30.0,\"hit_p99\":31.0,\"miss_p50\":32.0,"
            + "\"miss_p99\":33.0},\"recompute_checks\":{\"within\":51,\"beyond\":52,\"first\":54,\"dropped\":53,"
            + "\"error_p50\":0.25,\"error_p90\":0.5}}",
        WireJson.write(StatsBody.of(stats, new QueueStats(42, 43, 44, 45, 46))));
  }

  @Test
  void blocks_firstOfPrefix_parentNull() {
    BlockHash hash = new BlockHash(1, 0, 0, 2);
    List<BlockInfo> blocks =
        List.of(new BlockInfo(hash, null, 0, 100, "default", "a", 3, 9.5, 1.5, 1, true));

    assertEquals(
        "{\"blocks\":[{\"hash\":\"%s\",\"parent\":null,\"depth\":0,\"bytes\":100,".formatted(hash)
            + "\"tenant\":\"default\",\"owner\":\"a\",\"hits\":3,\"age_seconds\":9.5,\"idle_seconds\":1.5,"
            + "\"cached_children\":1,\"pinned\":true}],\"next\":\"\"}",
        WireJson.write(BlocksBody.of(blocks, 2)));
  }

  @Test
  void cluster_members_inOrder() {
    NodeReport busy =
        new NodeReport("1.2", "17", true, 6, new NodeReport.Load(2, 3, 4, true, 12.5));
    ClusterInfo cluster =
        new ClusterInfo(
            "a",
            List.of(
                new MemberInfo("a", "127.0.0.1:5701", true, 9, 1, 2, 3, 4, busy),
                new MemberInfo("b", "127.0.0.1:5702", false, 8, 5, 6, 7, 8, NodeReport.SILENT)),
            true);

    String json = WireJson.write(ClusterBody.of(cluster));

    assertTrue(
        json.startsWith(
            "{\"node\":\"a\",\"topology\":\"embedded\",\"safe\":true,\"members\":[{\"name\":\"a\","
                + "\"address\":\"127.0.0.1:5701\",\"local\":true,\"partitions\":9,\"owned_blocks\":1,"
                + "\"owned_bytes\":2,\"backup_bytes\":3,\"budget_bytes\":4,"
                + "\"version\":\"1.2\",\"java\":\"17\",\"answering\":true,\"near_blocks\":6,\"load\":{"
                + "\"running\":2,\"waiting\":3,\"slots\":4,\"draining\":true,"
                + "\"tokens_per_second\":12.5}},{\"name\":\"b\","),
        json);
    assertTrue(
        json.contains("\"version\":\"\",\"java\":\"\",\"answering\":false,\"near_blocks\":0}]"),
        json);
  }

  @Test
  void cluster_ofClients_saysSoAndNamesThem() {
    ClusterInfo cluster =
        new ClusterInfo(
            "b",
            ClusterInfo.Topology.CLIENT_SERVER,
            List.of(),
            List.of(new ClientInfo("b", "127.0.0.1:40000")),
            false);

    assertEquals(
        "{\"node\":\"b\",\"topology\":\"client_server\",\"safe\":false,\"members\":[],"
            + "\"clients\":[{\"name\":\"b\",\"address\":\"127.0.0.1:40000\",\"version\":\"\","
            + "\"java\":\"\",\"answering\":false,\"near_blocks\":0}]}",
        WireJson.write(ClusterBody.of(cluster)));
  }

  @Test
  void pinned_lessThanTheText_saysWhy() {
    assertEquals("{\"blocks\":3}", WireJson.write(PinnedBody.of(new PinOutcome(3, 200, 3))));
    String tooShort = WireJson.write(PinnedBody.of(new PinOutcome(0, 9, 0)));
    assertTrue(tooShort.startsWith("{\"blocks\":0,\"reason\":\"The text has 9 tokens"), tooShort);
    String cachedInPart = WireJson.write(PinnedBody.of(new PinOutcome(1, 200, 3)));
    assertTrue(cachedInPart.contains("1 of the text's 3 blocks are cached"), cachedInPart);
  }
}
