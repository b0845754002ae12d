package dev.kvasir.cache.oracle;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.grid.GridConfig;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Prompt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Nodes {@code a}, {@code b}, ... of one cluster, with engines and disks of their own. */
final class OracleCluster implements AutoCloseable {
  static final int BLOCK = 64;
  private static final int FIRST_PLAIN_TOKEN = 10;
  private static final int NEW_TOKENS = 4;
  private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;

  private final List<OracleNode> nodes = new ArrayList<>();
  private final Path folder;
  private final Random random;
  private List<String> join = List.of();

  /**
   * Starts so many.
   *
   * @param folder for their disks
   */
  OracleCluster(int size, Path folder, Random random) throws IOException {
    this.folder = folder;
    this.random = random;
    for (int i = 0; i < size; i++) {
      add();
    }
  }

  /** Starts one more; if that fails, all end. */
  final OracleNode add() throws IOException {
    String name = String.valueOf((char) ('a' + nodes.size()));
    int port = freePort();
    GridConfig.Network network = new GridConfig.Network("127.0.0.1", port, join);
    try {
      OracleNode node = new OracleNode(name, network, folder.resolve(name), random);
      nodes.add(node);
      join = nodes.size() == 1 ? List.of("127.0.0.1:" + port) : join;
      return node;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  OracleNode node(int index) {
    return nodes.get(index);
  }

  List<OracleNode> nodes() {
    return nodes;
  }

  /** Random plain tokens. */
  int[] tokens(int count) {
    return random.ints(count, FIRST_PLAIN_TOKEN, nodes.get(0).vocabularySize()).toArray();
  }

  static int[] joined(int[] head, int[] tail) {
    return IntStream.concat(IntStream.of(head), IntStream.of(tail)).toArray();
  }

  /**
   * A node answers a new prompt of so many whole blocks and a few tokens more; the blocks are in
   * the grid, and known to the other.
   */
  int[] given(OracleNode giver, int blocks, OracleNode taker) throws InterruptedException {
    int[] prompt = tokens(blocks * BLOCK + 7);
    give(giver, prompt, taker);
    return prompt;
  }

  /** Likewise, of a prompt. */
  void give(OracleNode giver, int[] prompt, OracleNode taker) throws InterruptedException {
    giver.answer(text(prompt), 1, CachePolicy.USE);
    giver.finishPublishing();
    Prefix prefix = giver.prefix(prompt);
    await("the taker knows it", () -> taker.knownBlocks(prefix) == prefix.hashes().size());
  }

  /** Returns when all blocks have their backups. */
  void awaitSafe() {
    await("backups", () -> nodes.stream().allMatch(OracleNode::isSafe));
  }

  static Prompt text(int[] prompt) {
    return new Prompt.Text(TokenText.of(prompt));
  }

  /** Asks a node with the cache, and then without; requires equal answers, gives the former's. */
  CacheReport sameBits(OracleNode node, int[] prompt, String what) {
    OracleNode.Answer cached = node.answer(text(prompt), NEW_TOKENS, CachePolicy.USE);
    return SameBits.require(cached, node.answer(text(prompt), NEW_TOKENS, CachePolicy.OFF), what);
  }

  static void await(String what, BooleanSupplier holds) {
    long start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
        throw new AssertionError("not within 30 s: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    nodes.forEach(OracleNode::close);
  }
}
