package dev.kvasir.engine.blend;

import dev.kvasir.engine.weights.Rope;
import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.AssemblyOutcome.Refused;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvRun;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts a prompt's K/V together from runs of others'. Safe for all threads. */
public final class Assembler {
  private final KvLayout layout;
  private final KeyTurn keys;

  /**
   * @param layout of the blocks
   * @param rope that turned their keys
   */
  public Assembler(KvLayout layout, Rope rope) {
    this.layout = layout;
    keys = new KeyTurn(layout, rope);
  }

  /**
   * Checks all blocks and copies their rows.
   *
   * @throws IllegalArgumentException if a run reaches to the prompt's last token
   */
  public Mosaic assemble(Assembly assembly, TokenIds prompt) {
    SortedMap<Integer, ByteBuffer> payloads = new TreeMap<>();
    BitSet assembled = new BitSet();
    List<Refused> refused = new ArrayList<>();
    for (int index = 0; index < assembly.runs().size(); index++) {
      KvRun run = assembly.runs().get(index);
      requireWithin(run, prompt);
      Optional<Refused> fault = findFault(index, run, prompt);
      if (fault.isPresent()) {
        refused.add(fault.get());
      } else {
        place(run, payloads);
        assembled.set(run.position(), run.end());
      }
    }
    BitSet kept = (BitSet) assembled.clone();
    kept.andNot(assembly.recomputed());
    int deviating = (int) Math.round(assembly.deviatingShare() * kept.cardinality());
    int reused = kept.cardinality() - deviating;
    return new Mosaic(
        payloads,
        assembled.isEmpty() ? prompt.size() : assembled.nextSetBit(0),
        kept,
        deviating == 0 ? null : check(payloads, kept, deviating),
        new AssemblyOutcome(reused, assembled.cardinality() - reused, refused));
  }

  private static void requireWithin(KvRun run, TokenIds prompt) {
    if (run.end() >= prompt.size()) {
      throw new IllegalArgumentException(
          "a run ends behind position %d, but must leave the last of the prompt's %d tokens to be computed"
              .formatted(run.end() - 1, prompt.size()));
    }
  }

  private Optional<Refused> findFault(int index, KvRun run, TokenIds prompt) {
    if (!run.rowTokens().equals(prompt.slice(run.position(), run.end()))) {
      return Optional.of(new Refused(index, 0, BlockFault.TOKENS));
    }
    int blockTokens = run.tokens().size() / run.blocks().size();
    for (int i = 0; i < run.blocks().size(); i++) {
      KvBlock block = run.blocks().get(i);
      TokenIds tokens = run.tokens().slice(i * blockTokens, (i + 1) * blockTokens);
      Optional<BlockFault> fault = block.findFault(layout, run.firstBlock() + i, tokens);
      if (fault.isPresent()) {
        return Optional.of(new Refused(index, i, fault.get()));
      }
    }
    return Optional.empty();
  }

  private void place(KvRun run, SortedMap<Integer, ByteBuffer> payloads) {
    int blockSize = layout.blockSize();
    int done = 0;
    while (done < run.count()) {
      int from = run.from() + done;
      int to = run.position() + done;
      int rows = Math.min(run.count() - done, blockSize - Math.max(from, to) % blockSize);
      rows = Math.min(rows, blockSize - Math.min(from, to) % blockSize);
      ByteBuffer source =
          run.blocks()
              .get(from / blockSize - run.firstBlock())
              .payload(layout)
              .order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer target = payloads.computeIfAbsent(to / blockSize, any -> empty());
      keys.copy(
          new KeyTurn.Rows(source, from % blockSize),
          new KeyTurn.Rows(target, to % blockSize),
          rows,
          to - from);
      done += rows;
    }
  }

  private DeviationCheck check(
      SortedMap<Integer, ByteBuffer> payloads, BitSet rows, int deviating) {
    int owner = Math.min(DeviationCheck.OWNER, layout.ownerLayers().size() - 1);
    int[] positions = rows.stream().toArray();
    float[][] moved = new float[positions.length][];
    for (int i = 0; i < moved.length; i++) {
      ByteBuffer payload = Objects.requireNonNull(payloads.get(positions[i] / layout.blockSize()));
      moved[i] = keys.values(new KeyTurn.Rows(payload, positions[i] % layout.blockSize()), owner);
    }
    return new DeviationCheck(layout.ownerLayers().get(owner), positions, moved, deviating);
  }

  private ByteBuffer empty() {
    return ByteBuffer.allocate(layout.payloadBytes()).order(ByteOrder.LITTLE_ENDIAN);
  }
}
