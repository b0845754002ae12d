package dev.kvasir.bench.jmh;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.grid.Grid;
import dev.kvasir.cache.grid.GridConfig;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.TokenIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Two members with the 31 blocks of a prompt of 2,000 tokens, as SmolLM2-135M has them; the one
 * that asks has loaded them once, so that they are in its near cache: {@code bin/bench jmh --only
 * GridLookup}.
 */
@State(Scope.Benchmark)
public class GridLookupBenchmark {
  private static final int BLOCKS = 31;
  private static final long BYTES = 256L << 20;
  private static final int DEADLINE_MILLIS = 10_000;

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);
  private final List<BlockHash> hashes = new ArrayList<>();
  private final List<Grid> members = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // set up before the first call
  private BlockStore store;

  private int next;

  /** Stores the blocks by one member and reads them once by the other. */
  @Setup
  public void join() throws IOException {
    GridConfig.Network network = loopback(List.of());
    Grid first = start(network);
    Grid second = start(loopback(List.of(network.address())));
    KvLayout layout =
        new KvLayout(
            IntStream.range(0, 30).boxed().toList(),
            3,
            64,
            64,
            KvType.BF16,
            Samples.fingerprint(1));
    Random random = new Random(1);
    @Nullable BlockHash parent = null;
    for (int depth = 0; depth < BLOCKS; depth++) {
      BlockHash hash = new BlockHash(random.nextLong(), depth, 0, 0);
      TokenIds tokens = Samples.tokens(random, layout.blockSize());
      KvBlock block = KvBlock.of(layout, depth, tokens, ByteBuffer.allocate(layout.payloadBytes()));
      first.putIfAbsent(new BlockStore.Placement(hash, parent, depth, "bench"), block);
      hashes.add(hash);
      parent = hash;
    }
    store = second;
    while (store.countLeading(hashes) < BLOCKS) {
      Thread.onSpinWait(); // the index comes behind the blocks
    }
    hashes.forEach(this::fetch);
  }

  private static GridConfig.Network loopback(List<String> join) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new GridConfig.Network("127.0.0.1", socket.getLocalPort(), join);
    }
  }

  private Grid start(GridConfig.Network network) {
    GridConfig config =
        new GridConfig(
            "bench-" + network.port(),
            network,
            "benchmark",
            new CacheSettings(EvictionKind.LRU, BYTES, LoadRule.ALWAYS, DEADLINE_MILLIS),
            new GridConfig.Near(BYTES, 1_600_000),
            GridConfig.RECONCILE_EVERY);
    Grid member = Grid.start(config, executor);
    members.add(member);
    return member;
  }

  private Lookup.@Nullable Fetched fetch(BlockHash hash) {
    return store.fetch(hash, DEADLINE_MILLIS).toCompletableFuture().join();
  }

  /** How many of all blocks there are, by the member's own index. */
  @Benchmark
  public int countOfPrompt() {
    return store.countLeading(hashes);
  }

  /** A block from the near cache. */
  @Benchmark
  public Lookup.@Nullable Fetched nearHit() {
    next = (next + 1) % BLOCKS;
    return fetch(hashes.get(next));
  }

  /** The whole look-up of a prompt: count, then each block. */
  @Benchmark
  public int wholePrompt() {
    int count = store.countLeading(hashes);
    for (BlockHash hash : hashes) {
      count -= fetch(hash) == null ? 0 : 1;
    }
    return count;
  }

  /** Stops both. */
  @TearDown
  public void close() {
    members.forEach(Grid::close);
    executor.shutdownNow();
  }
}
