package dev.kvasir.bench.jmh;

import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Checking a stored block of SmolLM2-135M's shape, 1.5 MB, before it is loaded: the header alone
 * where it refuses, header, tokens and checksum where all is well: {@code bin/bench jmh --only
 * BlockCheck}.
 */
@State(Scope.Thread)
public class BlockCheckBenchmark {
  private final Random random = new Random(1);
  private final KvLayout layout = layout(1);
  private final KvLayout otherLayout = layout(2);
  private final TokenIds tokens = Samples.tokens(random, layout.blockSize());
  private final KvBlock block = KvBlock.of(layout, 3, tokens, payload());

  private static KvLayout layout(int fingerprint) {
    return new KvLayout(
        IntStream.range(0, 30).boxed().toList(),
        3,
        64,
        64,
        KvType.BF16,
        Samples.fingerprint(fingerprint));
  }

  private ByteBuffer payload() {
    byte[] bytes = new byte[layout.payloadBytes()];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  @Benchmark
  public Optional<BlockFault> wholeBlock() {
    return block.findFault(layout, 3, tokens);
  }

  @Benchmark
  public Optional<BlockFault> refusedByItsHeader() {
    return block.findFault(otherLayout, 3, tokens);
  }
}
