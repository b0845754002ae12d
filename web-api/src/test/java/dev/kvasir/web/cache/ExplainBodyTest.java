package dev.kvasir.web.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.AbsenceMemory;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import dev.kvasir.web.json.WireJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExplainBodyTest {
  private static String json(@Nullable CacheReport cache) {
    RequestSummary request =
        new RequestSummary("r-1", "a", 1_500, "t", "tiny", "ok", 200, 5, cache, 20.5, 70);
    return WireJson.write(
        ExplainBody.of(new Explanation(request, new AbsenceMemory(65_536, 7, 2.5))));
  }

  @Test
  void of_loadedInPart_everyPartAndEstimate() {
    CacheReport cache =
        new CacheReport(
            64,
            0,
            0,
            64,
            0,
            72,
            MissReason.EVICTED,
            1.5,
            0.5,
            12,
            "a",
            List.of(new Gap(MissReason.EVICTED, 64, "lru", 3.5), Gap.of(MissReason.TAIL, 8)),
            new LoadEstimate(64, true, 2.5, null));
    assertEquals(
        "{\"request\":\"r-1\",\"node\":\"a\",\"time\":\"1970-01-01T00:00:01.500Z\","
            + "\"tenant\":\"t\",\"model\":\"tiny\",\"status\":\"ok\",\"prompt_tokens\":200,"
            + "\"answer_tokens\":5,"
            + "\"sources\":{\"pool\":64,\"near\":0,\"local\":0,\"remote\":64,\"disk\":0,\"computed\":72},"
            + "\"gaps\":[{\"reason\":\"evicted\",\"tokens\":64,\"policy\":\"lru\",\"ago_s\":3.5},"
            + "{\"reason\":\"tail\",\"tokens\":8}],"
            + "\"load\":{\"tokens\":64,\"decision\":\"load\",\"load_estimate_ms\":2.5,"
            + "\"measured_load_ms\":2.0},"
            + "\"ms\":{\"lookup\":1.5,\"load\":0.5,\"prefill\":12.0,\"first_token\":20.5,"
            + "\"total\":70.0},"
            + "\"memory\":{\"capacity\":65536,\"names\":7,\"oldest_s\":2.5}}",
        json(cache));
  }

  @Test
  void of_noFirstToken_noSources() {
    assertEquals(
        "{\"request\":\"r-1\",\"node\":\"a\",\"time\":\"1970-01-01T00:00:01.500Z\","
            + "\"tenant\":\"t\",\"model\":\"tiny\",\"status\":\"ok\",\"prompt_tokens\":200,"
            + "\"answer_tokens\":5,"
            + "\"ms\":{\"lookup\":0.0,\"load\":0.0,\"prefill\":0.0,\"first_token\":20.5,"
            + "\"total\":70.0},"
            + "\"memory\":{\"capacity\":65536,\"names\":7,\"oldest_s\":2.5}}",
        json(null));
  }
}
