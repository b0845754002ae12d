package dev.kvasir.engine;

import static dev.kvasir.engine.TestingEngine.hashes;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.TestingEngine.Answer;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Digests of the bits that a model gives for the same few prompts: logits, tokens and K/V, computed
 * in several ways.
 *
 * <p>{@code main} prints them, a line each, for another process to compare.
 */
final class BitDigests {
  /**
   * What is computed.
   *
   * @param lengths of the prompts, in tokens
   * @param pieces most tokens of a step, for each way of computing them together
   * @param draftsAlone whether they are also computed alone with drafts
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Extent(int[] lengths, int[] pieces, boolean draftsAlone) {
    /** For a small model. */
    static final Extent WIDE =
        new Extent(
            new int[] {70, 192, 513, 700, 40, 330, 129, 601}, new int[] {64, 192, 256}, true);

    /** For one that takes its time. */
    static final Extent NARROW = new Extent(new int[] {70, 513, 601}, new int[] {192}, false);

    int ways() {
      return 1 + pieces.length + (draftsAlone ? 1 : 0);
    }
  }

  private static final int NEW_TOKENS = 24;

  private BitDigests() {}

  public static void main(String[] arguments) {
    Extent extent = Boolean.parseBoolean(arguments[2]) ? Extent.WIDE : Extent.NARROW;
    of(Path.of(arguments[0]), Precision.valueOf(arguments[1]), extent)
        .forEach((way, digest) -> System.out.println(way + "=" + digest));
    System.exit(0); // native threads of the tokenizer would keep the process
  }

  /** The digest of each way. */
  private static Map<String, String> of(Path model, Precision precision, Extent extent) {
    Map<String, String> digests = new LinkedHashMap<>();
    int[] lengths = extent.lengths();
    digests.put(
        "alone, one step, no drafts", digest(config(model, precision, 512, 0), lengths, false));
    if (extent.draftsAlone()) {
      digests.put("alone, drafts", digest(config(model, precision, 512, 7), lengths, false));
    }
    for (int stepTokens : extent.pieces()) {
      digests.put(
          "together, pieces of %d, drafts".formatted(stepTokens),
          digest(config(model, precision, stepTokens, 7), lengths, true));
    }
    return digests;
  }

  private static EngineConfig config(
      Path model, Precision precision, int stepTokens, int draftTokens) {
    return new EngineConfig(
        model, precision, Device.CPU, 1_024, 0, new ScheduleLimits(stepTokens, draftTokens), null);
  }

  private static String digest(EngineConfig config, int[] lengths, boolean together) {
    ExecutorService readers = Executors.newFixedThreadPool(together ? lengths.length : 1);
    try (TestingEngine testing = new TestingEngine(config)) {
      List<TokenIds> prompts = prompts(testing, lengths);
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (TokenIds prompt : prompts) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> testing.answer(prompt, hashes(prompt), NEW_TOKENS), readers));
      }
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < prompts.size(); i++) {
        add(sha256, answers.get(i).join(), testing, hashes(prompts.get(i)));
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } finally {
      readers.shutdown();
    }
  }

  /** Every other one repeats itself, so that there is something to draft. */
  private static List<TokenIds> prompts(TestingEngine testing, int[] lengths) {
    Random random = new Random(2);
    int vocabulary = testing.engine().model().info().vocabularySize();
    List<TokenIds> prompts = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      int[] tokens = random.ints(lengths[i], 0, vocabulary).toArray();
      for (int at = 9; i % 2 == 0 && at < tokens.length; at++) {
        tokens[at] = tokens[at - 9];
      }
      prompts.add(TokenIds.of(tokens));
    }
    return prompts;
  }

  private static void add(
      MessageDigest digest, Answer answer, TestingEngine testing, List<BlockHash> hashes) {
    ByteBuffer numbers =
        ByteBuffer.allocate(
            Float.BYTES * answer.logits().length + Integer.BYTES * answer.tokens().size());
    for (float logit : answer.logits()) {
      numbers.putFloat(logit);
    }
    answer.tokens().forEach(numbers::putInt);
    digest.update(numbers.array());
    testing.export(hashes).forEach(digest::update);
  }
}
