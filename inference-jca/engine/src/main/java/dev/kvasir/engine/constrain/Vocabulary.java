package dev.kvasir.engine.constrain;

import dev.kvasir.inference.InferenceException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/** A model's tokens by their bytes, so that those with a common beginning are tried once. */
public final class Vocabulary {
  private final int size;
  private final IntFunction<ByteBuffer> bytesById;
  private final Set<Integer> endTokens;
  private final int[] ids; // (tokens)
  private final byte[][] bytes; // (tokens, length), of the same token; rising
  private final int[] common; // (tokens): leading bytes that it has in common with the one before
  private final int longest;

  /**
   * Sorts the tokens.
   *
   * @param size of the vocabulary
   * @param bytesById what each token stands for; nothing for those that are no text
   * @param endTokens that end an answer
   */
  public Vocabulary(int size, IntFunction<ByteBuffer> bytesById, Set<Integer> endTokens) {
    this.size = size;
    this.bytesById = bytesById;
    this.endTokens = Set.copyOf(endTokens);
    byte[][] byId = new byte[size][];
    for (int id = 0; id < size; id++) {
      byId[id] = new byte[bytesById.apply(id).remaining()];
      bytesById.apply(id).get(byId[id]);
    }
    this.ids =
        IntStream.range(0, size)
            .filter(id -> byId[id].length > 0 && !endTokens.contains(id))
            .boxed()
            .sorted(Comparator.comparing(id -> byId[id], Arrays::compareUnsigned))
            .mapToInt(id -> id)
            .toArray();
    this.bytes = Arrays.stream(ids).mapToObj(id -> byId[id]).toArray(byte[][]::new);
    this.common = new int[ids.length];
    for (int i = 1; i < ids.length; i++) {
      int differs = Arrays.mismatch(bytes[i - 1], bytes[i]);
      common[i] = differs < 0 ? bytes[i].length : differs;
    }
    this.longest = Arrays.stream(bytes).mapToInt(token -> token.length).max().orElse(0);
  }

  /** The state behind a token that was allowed. */
  int step(ByteRunAutomaton form, int from, int id) {
    if (endTokens.contains(id)) {
      return from;
    }
    ByteBuffer token = bytesById.apply(id);
    int state = from;
    while (token.hasRemaining()) {
      state = form.step(state, token.get() & 0xFF);
    }
    return state;
  }

  /**
   * The tokens all of whose bytes can come next, and those that end an answer where it may end.
   *
   * @return bits by id, ((vocabulary + 63) / 64)
   * @throws InferenceException if there is none
   */
  long[] allowed(ByteRunAutomaton form, int from) {
    long[] allowed = new long[(size + Long.SIZE - 1) / Long.SIZE];
    int[] states = new int[longest + 1]; // behind each byte of the last token that was tried
    states[0] = from;
    int refused = Integer.MAX_VALUE; // leading bytes that are too many already
    for (int i = 0; i < ids.length; i++) {
      if (common[i] >= refused) {
        continue;
      }
      byte[] token = bytes[i];
      int length = common[i];
      int state = states[length];
      while (state >= 0 && length < token.length) {
        state = form.step(state, token[length] & 0xFF);
        states[++length] = state;
      }
      refused = state < 0 ? length : Integer.MAX_VALUE;
      if (state >= 0) {
        allow(allowed, ids[i]);
      }
    }
    if (form.isAccept(from)) {
      endTokens.forEach(id -> allow(allowed, id));
    }
    if (Arrays.stream(allowed).allMatch(bits -> bits == 0)) {
      throw new InferenceException(
          "the vocabulary has no token to go on with in the answer's form");
    }
    return allowed;
  }

  private static void allow(long[] allowed, int id) {
    allowed[id / Long.SIZE] |= 1L << id;
  }
}
