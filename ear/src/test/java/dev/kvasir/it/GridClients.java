package dev.kvasir.it;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A member that bin/grid runs and two servers that are its clients, each started when wanted. */
final class GridClients implements AutoCloseable {
  private static final int ANSWER_TOKENS = 24;
  private static final int BLOCK_TOKENS = 64;
  private static final String NOTES = LongNotes.of(7);
  private static final Map<String, String> ALWAYS = Map.of("KVASIR_LOAD", "always");

  private final Path data;
  private final int port;
  private @Nullable BinRun grid;
  private @Nullable KvasirNode a;
  private @Nullable KvasirNode b;

  /**
   * None of them yet.
   *
   * @param data folder of all
   */
  GridClients(Path data) throws IOException {
    this.data = data;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
  }

  /** Starts the member, or starts it again. */
  void startGrid() throws IOException, InterruptedException {
    BinRun run =
        BinRun.start("bin/grid", data, List.of("--cluster-port", Integer.toString(port)), ALWAYS);
    grid = run;
    run.awaitOutput(output -> output.contains("grid member grid is ready"), 60);
  }

  void startA() throws IOException, InterruptedException {
    a = server("a");
  }

  void startB() throws IOException, InterruptedException {
    b = server("b");
  }

  private KvasirNode server(String name) throws IOException, InterruptedException {
    return KvasirNode.start(data, name, ALWAYS, "--grid-client", "127.0.0.1:" + port);
  }

  BinRun grid() {
    return Objects.requireNonNull(grid);
  }

  KvasirNode a() {
    return Objects.requireNonNull(a);
  }

  KvasirNode b() {
    return Objects.requireNonNull(b);
  }

  /** The same long question, always. */
  static JsonObject ask(KvasirNode node) throws IOException, InterruptedException {
    return askOther(node.client(), ANSWER_TOKENS);
  }

  /** The same, as whoever the client is. */
  static JsonObject askOther(KvasirClient client, int answerTokens)
      throws IOException, InterruptedException {
    return client.chat(NOTES, "Where does Paul live?", answerTokens);
  }

  static JsonObject report(JsonObject completion) {
    return completion.getJsonObject("kvasir");
  }

  void changePolicy(String settings) throws Exception {
    KvasirClient.expectOk(b().client().admin("PUT", "/api/cache/policy", settings));
  }

  static void clear(KvasirNode node, String tier) throws Exception {
    KvasirClient.expectOk(node.client().admin("DELETE", "/api/cache?tier=" + tier, ""));
  }

  static JsonObject stats(KvasirNode node) throws Exception {
    return node.client().adminGet("/api/cache/stats");
  }

  static long evicted(KvasirNode node) throws Exception {
    return stats(node).getJsonObject("evictions").getInt("policy", 0);
  }

  static int published(KvasirNode node) throws Exception {
    return publishing(node).getInt("published");
  }

  private static JsonObject publishing(KvasirNode node) throws Exception {
    return stats(node).getJsonObject("publish");
  }

  static void awaitPublished(KvasirNode node, int tokens) throws Exception {
    Await.until(
        30, () -> published(node) >= tokens / BLOCK_TOKENS, () -> "its blocks are in the grid");
  }

  static void awaitQueueEmpty(KvasirNode node) throws Exception {
    Await.until(30, () -> publishing(node).getInt("queued") == 0, () -> "nothing waits");
  }

  /** Mean bytes of a block in the grid. */
  long blockBytes() throws Exception {
    JsonObject held = stats(b()).getJsonObject("grid");
    return held.getInt("bytes") / held.getInt("blocks");
  }

  private Stream<JsonObject> blocks() throws Exception {
    return b().client().adminGet("/api/cache/blocks?limit=1000").getJsonArray("blocks").stream()
        .map(JsonValue::asJsonObject);
  }

  long countBlocksOf(String tenant) throws Exception {
    return blocks().filter(block -> block.getString("tenant").equals(tenant)).count();
  }

  String deepestBlock() throws Exception {
    return blocks()
        .max(Comparator.comparingInt(block -> block.getInt("depth")))
        .orElseThrow()
        .getString("hash");
  }

  @Override
  public void close() {
    Stream.of(a, b).filter(Objects::nonNull).forEach(KvasirNode::close);
    if (grid != null) {
      grid.close();
    }
  }
}
