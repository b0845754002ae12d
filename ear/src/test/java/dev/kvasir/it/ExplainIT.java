package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why requests took from the cache what they took, asked of any node. */
@ExtendWith(KvasirCluster.Shared.class)
final class ExplainIT {
  private static final String PATH = "/api/cache/explain?request=";

  private final KvasirCluster cluster;

  ExplainIT(KvasirCluster cluster) {
    this.cluster = cluster;
  }

  private static int tokens(JsonArray gaps) {
    return gaps.stream().mapToInt(gap -> gap.asJsonObject().getInt("tokens")).sum();
  }

  @Test
  void explain_onTheOtherNode_thatWhichAnswered() throws IOException, InterruptedException {
    JsonObject answer = cluster.a().client().chat(LongNotes.of(4711), "Who is Paul?", 2);
    JsonObject kvasir = answer.getJsonObject("kvasir");

    JsonObject told = cluster.b().client().adminGet(PATH + kvasir.getString("request_id"));

    assertEquals("a", told.getString("node"));
    assertEquals("ok", told.getString("status"));
    assertEquals(kvasir.getJsonArray("gaps"), told.getJsonArray("gaps"));
    assertEquals("first_seen", kvasir.getString("miss_reason"));
    assertEquals(kvasir.getInt("computed"), tokens(told.getJsonArray("gaps")));
    assertEquals(65_536, told.getJsonObject("memory").getInt("capacity"));
    assertTrue(told.getJsonObject("ms").getJsonNumber("prefill").doubleValue() > 0);
    assertFalse(told.toString().contains("Paul"), told::toString);
  }

  @Test
  void explain_secondTime_onlyTheTail() throws IOException, InterruptedException {
    KvasirClient client = cluster.a().client();
    client.chat(LongNotes.of(4712), "Who is Ida?", 2);
    JsonObject again = client.chat(LongNotes.of(4712), "Who is Ida?", 2).getJsonObject("kvasir");

    JsonObject told = client.adminGet(PATH + again.getString("request_id"));

    assertEquals("none", again.getString("miss_reason"));
    assertEquals(1, told.getJsonArray("gaps").size());
    assertEquals("tail", told.getJsonArray("gaps").getJsonObject(0).getString("reason"));
  }

  @Test
  void explain_unknown_404WithWhatIsRemembered() throws IOException, InterruptedException {
    HttpResponse<String> answer = cluster.a().client().admin("GET", PATH + "nobody", "");
    assertEquals(404, answer.statusCode());
    assertTrue(answer.body().contains("last 10,000"), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a%20b"})
  void explain_noId_400(String id) throws IOException, InterruptedException {
    HttpResponse<String> answer = cluster.a().client().admin("GET", PATH + id, "");
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("X-Request-Id"), answer.body());
  }
}
