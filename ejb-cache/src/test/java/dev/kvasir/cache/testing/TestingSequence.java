package dev.kvasir.cache.testing;

import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.AssemblyOutcome.Refused;
import dev.kvasir.inference.BackwardBlocks;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvRun;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import dev.kvasir.inference.TokenLogprob;
import dev.kvasir.inference.TokenLogprobs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A generation of {@link TestingModel}. */
final class TestingSequence implements Sequence {
  private final TestingModel model;
  private final SequenceRequest request;
  private final BooleanSupplier wanted;
  private final List<byte[]> payloads = new ArrayList<>();
  private final int poolBlocks;
  private final Map<Integer, byte[]> donated = new HashMap<>(); // by block; a row donates it all
  private final Map<Integer, int[]> answers = new HashMap<>(); // by choice, the prompt first
  private int metBlocks;
  private boolean cancelled;

  TestingSequence(TestingModel model, SequenceRequest request, BooleanSupplier wanted) {
    this.model = model;
    this.request = request;
    this.wanted = wanted;
    int[] tokens = request.prompt().toArray();
    int reusable = Math.min(request.blockHashes().size(), (tokens.length - 1) / blockSize());
    poolBlocks = model.countLeadingBlocks(request.blockHashes().subList(0, reusable));
    for (int i = 0; i < poolBlocks; i++) {
      payloads.add(bytes(model.exportBlock(request.blockHashes().get(i)).orElseThrow()));
    }
  }

  private static int blockSize() {
    return TestingModel.BLOCK_SIZE;
  }

  private static byte[] bytes(KvBlock block) {
    byte[] payload = new byte[TestingAttention.LAYOUT.payloadBytes()];
    block.payload(TestingAttention.LAYOUT).get(payload);
    return payload;
  }

  @Override
  public int poolTokens() {
    return poolBlocks * blockSize();
  }

  @Override
  public LoadOutcome load(List<KvBlock> blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      int index = payloads.size();
      Optional<BlockFault> fault =
          blocks
              .get(i)
              .findFault(
                  TestingAttention.LAYOUT,
                  index,
                  request.prompt().slice(index * blockSize(), (index + 1) * blockSize()));
      if (fault.isPresent()) {
        return new LoadOutcome(i, fault.get());
      }
      take(index, blocks.get(i));
    }
    return new LoadOutcome(blocks.size(), null);
  }

  @Override
  public AssemblyOutcome assemble(Assembly assembly) {
    List<Refused> refused = new ArrayList<>();
    BitSet assembled = new BitSet();
    for (int index = 0; index < assembly.runs().size(); index++) {
      KvRun run = assembly.runs().get(index);
      Optional<Refused> fault = findFault(index, run);
      if (fault.isPresent()) {
        refused.add(fault.get());
      } else {
        assembled.set(run.position(), run.end());
      }
    }
    BitSet kept = (BitSet) assembled.clone();
    kept.andNot(assembly.recomputed());
    long deviating = Math.round(assembly.deviatingShare() * kept.cardinality());
    for (int at : kept.stream().limit(deviating).toArray()) {
      kept.clear(at); // the first ones stand for those that deviate
    }
    for (KvRun run : assembly.runs()) {
      donate(run, kept);
    }
    int reused = kept.cardinality();
    return new AssemblyOutcome(reused, assembled.cardinality() - reused, refused);
  }

  private void donate(KvRun run, BitSet kept) {
    for (int at = run.position(); at < run.end(); at++) {
      int block = (run.from() + at - run.position()) / blockSize() - run.firstBlock();
      if (kept.get(at)) {
        donated.putIfAbsent(at / blockSize(), bytes(run.blocks().get(block)));
      }
    }
  }

  private static Optional<Refused> findFault(int index, KvRun run) {
    for (int i = 0; i < run.blocks().size(); i++) {
      Optional<BlockFault> fault =
          run.blocks()
              .get(i)
              .findFault(
                  TestingAttention.LAYOUT,
                  run.firstBlock() + i,
                  run.tokens().slice(i * blockSize(), (i + 1) * blockSize()));
      if (fault.isPresent()) {
        return Optional.of(new Refused(index, i, fault.get()));
      }
    }
    return Optional.empty();
  }

  private void take(int index, KvBlock block) {
    payloads.add(bytes(block));
    if (index < request.blockHashes().size()) {
      model.keep(request.blockHashes().get(index), block);
    }
  }

  @Override
  public GeneratedToken prefill() {
    if (!wanted.getAsBoolean()) {
      cancel();
      return next();
    }
    int[] tokens = request.prompt().toArray();
    if (payloads.size() * blockSize() >= tokens.length) {
      throw new IllegalStateException("nothing left to compute");
    }
    for (int index = payloads.size(); (index + 1) * blockSize() <= tokens.length; index++) {
      byte[] computed = TestingAttention.payload(tokens, (index + 1) * blockSize());
      ByteBuffer payload = ByteBuffer.wrap(donated.getOrDefault(index, computed));
      take(
          index,
          KvBlock.of(
              TestingAttention.LAYOUT,
              index,
              request.prompt().slice(index * blockSize(), (index + 1) * blockSize()),
              payload));
    }
    return next();
  }

  /** Takes all that come before it computes any. */
  @Override
  public GeneratedToken prefill(BackwardBlocks backward) {
    int end = backward.endBlock();
    int from = end;
    for (KvBlock block = backward.next().join();
        block != null && from > payloads.size();
        block = backward.next().join()) {
      int index = from - 1;
      TokenIds tokens = request.prompt().slice(index * blockSize(), (index + 1) * blockSize());
      Optional<BlockFault> fault = block.findFault(TestingAttention.LAYOUT, index, tokens);
      if (fault.isPresent()) {
        backward.refused(fault.get());
        break;
      }
      donated.put(index, bytes(block));
      from = index;
    }
    metBlocks = end - from;
    return prefill();
  }

  @Override
  public int metBlocks() {
    return metBlocks;
  }

  @Override
  public double prefillMillis() {
    return TestingModel.PREFILL_MILLIS;
  }

  @Override
  public GeneratedToken next(int choice) {
    if (cancelled) {
      return new GeneratedToken(choice, 0, "", FinishReason.CANCELLED, null);
    }
    int[] tokens = answers.getOrDefault(choice, request.prompt().toArray());
    int[] tail = Arrays.copyOfRange(tokens, payloads.size() * blockSize(), tokens.length);
    int token = TestingAttention.next(payloads, tail);
    tokens = Arrays.copyOf(tokens, tokens.length + 1);
    tokens[tokens.length - 1] = token;
    answers.put(choice, tokens);
    boolean full = tokens.length - request.prompt().size() == request.maxNewTokens();
    FinishReason finish = full ? FinishReason.LENGTH : null;
    return new GeneratedToken(choice, token, Character.toString(token), finish, logprobs(token));
  }

  /** As likely as its id says, if asked for. */
  private @Nullable TokenLogprobs logprobs(int token) {
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(Character.toString(token));
    return request.sampling().topLogprobs() == null
        ? null
        : new TokenLogprobs(new TokenLogprob(token, -token, utf8), List.of());
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {
    model.sequenceClosed();
  }
}
