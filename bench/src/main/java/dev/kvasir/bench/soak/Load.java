package dev.kvasir.bench.soak;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

/** Asks nodes the same questions again and again, and compares the answers. */
final class Load {
  private static final int STATUS_REFUSED = 503;
  private static final int STREAMED_OF = 4; // one of so many chats

  private final List<NodeProcess> nodes;
  private final List<Question> questions;
  private final Map<Question, Truth> truths = new HashMap<>();
  private final ExecutorService threads;
  private final Tally tally = new Tally();

  /**
   * What is answered without a cache.
   *
   * @param choices all of it
   * @param text of a chat
   */
  private record Truth(String choices, String text) {}

  /** Asks no question yet; of nodes that were started. */
  Load(List<NodeProcess> nodes, List<Question> questions, ExecutorService threads) {
    this.nodes = List.copyOf(nodes);
    this.questions = List.copyOf(questions);
    this.threads = threads;
  }

  Tally tally() {
    return tally;
  }

  /** Learns from a node what is right: what it answers when it computes everything. */
  void learn(NodeProcess node) throws IOException {
    for (Question question : questions) {
      HttpResponse<String> response = node.client().ask(question.path(), question.whole(false));
      if (response.statusCode() != 200) {
        throw new IOException("without the cache: " + response.body());
      }
      truths.put(question, new Truth(Question.choices(response.body()), text(response.body())));
    }
  }

  /** Asks with so many threads until a moment of {@link System#nanoTime}. */
  void run(int width, long endNanos) {
    CompletableFuture.allOf(
            IntStream.range(0, width)
                .mapToObj(
                    thread -> CompletableFuture.runAsync(() -> askUntil(endNanos, thread), threads))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private void askUntil(long endNanos, int thread) {
    Random random = new Random(thread);
    while (System.nanoTime() < endNanos) {
      NodeProcess node = nodes.get(random.nextInt(nodes.size()));
      int life = node.life();
      if (node.isReady()) {
        ask(questions.get(random.nextInt(questions.size())), node, life, random);
      } else {
        Thread.onSpinWait(); // the other one is asked next
      }
    }
  }

  private void ask(Question question, NodeProcess node, int life, Random random) {
    boolean streamed = question.isChat() && random.nextInt(STREAMED_OF) == 0;
    try {
      HttpResponse<String> response =
          node.client().ask(question.path(), streamed ? question.streamed() : question.whole(true));
      if (response.statusCode() == STATUS_REFUSED) {
        tally.refused.increment();
      } else if (response.statusCode() != 200) {
        tally.error(node.name() + " answers " + response.statusCode() + ": " + response.body());
      } else if (streamed) {
        compareStream(question, response.body());
      } else {
        compare(question, response.body());
      }
    } catch (IOException e) { // of a node that was killed meanwhile this is no error
      if (node.life() == life) {
        tally.error(node.name() + ": " + e);
      } else {
        tally.lost.increment();
      }
    }
  }

  private Truth truth(Question question) {
    Truth truth = truths.get(question);
    if (truth == null) {
      throw new IllegalStateException("what is right was not learned");
    }
    return truth;
  }

  private void compare(Question question, String body) {
    String choices = Question.choices(body);
    if (!choices.equals(truth(question).choices())) {
      tally.wrong(choices + " instead of " + truth(question).choices());
      return;
    }
    tally.right.increment();
    EventStream.Usage usage =
        EventStream.Usage.of(
            JsonParser.parseString(body).getAsJsonObject().getAsJsonObject("usage"));
    tally.promptTokens.add(usage.prompt());
    tally.cachedTokens.add(usage.cached());
  }

  private void compareStream(Question question, String body) {
    EventStream stream = EventStream.of(body);
    if (!stream.whole()) {
      tally.error("a stream broke off: " + body);
    } else if (stream.text().equals(truth(question).text())) {
      tally.right.increment();
    } else {
      tally.wrong(stream.text() + " instead of " + truth(question).text());
    }
  }

  private static String text(String body) {
    JsonObject choice =
        JsonParser.parseString(body)
            .getAsJsonObject()
            .getAsJsonArray("choices")
            .get(0)
            .getAsJsonObject();
    return choice.has("message")
        ? choice.getAsJsonObject("message").get("content").getAsString()
        : choice.get("text").getAsString();
  }
}
