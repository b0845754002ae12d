package dev.kvasir.console.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.console.Range;
import dev.kvasir.console.TestingCacheAdmin;
import dev.kvasir.console.TestingSnapshots;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private final TestingCacheAdmin cache = new TestingCacheAdmin();
  private final TestingSnapshots snapshots = new TestingSnapshots(cache);
  private final Dashboard dashboard = new Dashboard();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  DashboardTest() {
    dashboard.snapshots = snapshots;
    dashboard.prices = new Prices();
    dashboard.prices.watts = 1_000;
    dashboard.prices.cents = 50;
  }

  @Test
  void figures_nothingTaken_emptyNotFailing() {
    assertFalse(dashboard.isUsed());
    assertNull(dashboard.getStats());
    assertEquals(0, dashboard.getHeldBytes());
    assertEquals(List.of(), dashboard.getMissReasons());
    assertEquals(6, datasets(dashboard.getSourcesChart().toJson()).size());
  }

  @Test
  void figures_noRequest_unused() {
    snapshots.taken();
    assertFalse(dashboard.isUsed());
  }

  @Test
  void figures_oneRequest_shown() {
    cache.setStats(TestingCacheAdmin.statsOf(64, 32, 4));
    snapshots.taken();
    assertTrue(dashboard.isUsed());
    assertEquals(3072, dashboard.getHeldBytes());
    assertEquals(64L << 20, dashboard.getBudgetBytes());
    assertEquals(4, dashboard.getEvicted());
    assertEquals(
        List.of(new Dashboard.Line("nobody had computed the rest of the prompt before", 1)),
        dashboard.getMissReasons());
  }

  @Test
  void sourcesChart_tokensCounted_stackedInTheLastBar() {
    snapshots.taken();
    cache.setStats(TestingCacheAdmin.statsOf(64, 32, 4));
    snapshots.taken();

    JsonArray datasets = datasets(dashboard.getSourcesChart().toJson());
    assertEquals(64, lastValue(datasets.getJsonObject(0)));
    assertEquals("var(--pool)", datasets.getJsonObject(0).getString("backgroundColor"));
    assertEquals(32, lastValue(datasets.getJsonObject(3)));
    assertEquals(4, lastValue(datasets.getJsonObject(5)));
    JsonArray labels =
        parse(dashboard.getSourcesChart().toJson()).getJsonObject("data").getJsonArray("labels");
    assertEquals(Range.MINUTES.buckets(), labels.size());
    assertEquals("−4:50", labels.getString(0));
    assertEquals("now", labels.getString(Range.MINUTES.buckets() - 1));
  }

  @Test
  void sharesAndMeans_aDay_percentAndMillis() {
    snapshots.taken();
    cache.setStats(TestingCacheAdmin.statsOf(50, 25, 25));
    snapshots.taken();
    dashboard.setRange(Range.DAY);

    JsonArray shares = datasets(dashboard.getSharesChart().toJson());
    assertEquals(50, lastValue(shares.getJsonObject(0)));
    assertEquals(25, lastValue(shares.getJsonObject(3)));
    assertEquals(5, shares.size());
    assertEquals(40, lastValue(datasets(dashboard.getMeansChart().toJson()).getJsonObject(0)));
    assertEquals(
        "−23:45 h",
        parse(dashboard.getMeansChart().toJson())
            .getJsonObject("data")
            .getJsonArray("labels")
            .getString(0));
  }

  @Test
  void saved_hits_atTheMeasuredPaceLessLoading() {
    snapshots.taken();
    cache.setStats(TestingCacheAdmin.statsOf(6_000, 1_210, 400)); // 10 ms a token, 0.1 s to load
    snapshots.taken();

    Saved saved = dashboard.getSaved();
    assertEquals(7_210, saved.tokens());
    assertEquals(72, saved.seconds(), 1e-9);
    assertEquals(0.02, saved.kilowattHours(), 1e-9);
    assertEquals(0.01, saved.price(), 1e-9);
  }

  @Test
  void saved_paceUnknown_tokensOnly() {
    snapshots.taken();
    cache.setStats(TestingCacheAdmin.statsOf(64, 0, 0));
    snapshots.taken();
    assertEquals(new Saved(64, 0, 0, 0), dashboard.getSaved());
  }

  @Test
  void memory_tiersAndTenants_inMebibytes() {
    snapshots.taken();
    assertEquals(
        "Memory by tenant, MiB: MiB default 3, acme 1", dashboard.getTenantsChart().toText());
    assertEquals(
        5,
        datasets(dashboard.getTiersChart().toJson()).getJsonObject(0).getJsonArray("data").size());
  }

  @Test
  void file_buckets_oneLineEach() {
    snapshots.taken();
    cache.setStats(TestingCacheAdmin.statsOf(64, 32, 4));
    snapshots.taken();
    List<String> lines = DashboardFile.lines(snapshots.history(Range.HOUR), Range.HOUR);
    assertEquals(61, lines.size());
    assertTrue(lines.get(0).startsWith("start,seconds,requests,hits,pool_tokens,near_tokens"));
    assertEquals("2026-01-01T00:00:00Z,60,1,1,64,0,0,32,0,4,40.000,0.000,0.100", lines.get(60));
  }

  @Test
  void firstTokensChart_timing_hitsBesideMisses() {
    snapshots.taken();
    JsonArray datasets = datasets(dashboard.getFirstTokensChart().toJson());
    assertEquals(40, datasets.getJsonObject(0).getJsonArray("data").getInt(0));
    assertEquals(450, datasets.getJsonObject(1).getJsonArray("data").getInt(1));
  }

  @Test
  void evictionsChart_someCauses_allCausesDrawn() {
    snapshots.taken();
    JsonArray data =
        datasets(dashboard.getEvictionsChart().toJson()).getJsonObject(0).getJsonArray("data");
    assertEquals(
        List.of(3, 0, 0, 1),
        data.getValuesAs(value -> Integer.valueOf(((jakarta.json.JsonNumber) value).intValue())));
  }

  private static int lastValue(JsonObject dataset) {
    JsonArray data = dataset.getJsonArray("data");
    return data.getInt(data.size() - 1);
  }

  private static JsonArray datasets(String chart) {
    return parse(chart).getJsonObject("data").getJsonArray("datasets");
  }

  private static JsonObject parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
