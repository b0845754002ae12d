package dev.kvasir.console.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.console.History;
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
    assertEquals(History.BUCKETS, labels.size());
    assertEquals("−4:50", labels.getString(0));
    assertEquals("now", labels.getString(History.BUCKETS - 1));
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
