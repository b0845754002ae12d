package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One chat answer through the whole server. */
@ExtendWith(KvasirCluster.Shared.class)
final class ChatIT {
  private static final String NOTES =
      "Read the notes and answer the questions.\n"
          + "Paul lives in Oslo. Ida works as a baker. The code of Paul is 4821.";

  @Test
  void chat_notes_answered(KvasirCluster cluster) throws IOException, InterruptedException {
    JsonObject answer = cluster.a().client().chat(NOTES, "What is the code of Paul?", 16);

    assertTrue(KvasirClient.text(answer).contains("4821"), answer::toString);
    assertEquals("a", answer.getJsonObject("kvasir").getString("node"));
    assertEquals(
        "stop", answer.getJsonArray("choices").getJsonObject(0).getString("finish_reason"));
  }

  /** What bin/run prints must show a hit at once, to whoever tries it. */
  @Test
  void chat_printedCurlTwice_secondHits(KvasirCluster cluster)
      throws IOException, InterruptedException {
    Matcher curl =
        Pattern.compile("/v1/chat/completions .* -d '([^']*)'").matcher(cluster.a().run().output());
    assertTrue(curl.find(), cluster.a().run()::output);

    KvasirClient client = cluster.a().client();
    KvasirClient.expectOk(client.post("/v1/chat/completions", curl.group(1)));
    JsonObject second = KvasirClient.expectOk(client.post("/v1/chat/completions", curl.group(1)));

    assertTrue(second.getJsonObject("kvasir").getInt("pool") > 0, second::toString);
  }
}
