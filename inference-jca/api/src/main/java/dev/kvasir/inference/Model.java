package dev.kvasir.inference;

import java.util.List;
import java.util.Optional;

/**
 * The loaded model without a decode slot: its text side, and the blocks that its pool holds. Safe
 * for all threads.
 */
public interface Model {
  /** Facts that do not change while the engine lives. */
  ModelInfo info();

  /**
   * Turns text into token ids. Special tokens that stand in the text are recognized.
   *
   * @param addSpecialTokens whether the tokenizer adds what it puts around a plain text (a begin
   *     token, say); not wanted for a rendered chat, which has its own
   */
  TokenIds tokenize(String text, boolean addSpecialTokens);

  /**
   * Turns token ids back into text; broken UTF-8 gives U+FFFD.
   *
   * @param skipSpecialTokens whether special tokens are left out
   */
  String detokenize(TokenIds tokens, boolean skipSpecialTokens);

  /** Each token as the vocabulary spells it; empty where it has none. */
  List<String> spell(TokenIds tokens);

  /**
   * Renders a conversation as the model was trained to read it.
   *
   * @throws IllegalArgumentException if the model's template refuses the messages; says why
   */
  String applyChatTemplate(Conversation conversation);

  /**
   * Compiles what keeps answers to a format, and keeps the last few: a sequence that is opened soon
   * finds it ready.
   *
   * @throws ResponseFormatException if answers cannot be kept to it; says what and where
   */
  void requireFormat(ResponseFormat format);

  /**
   * How many of the leading blocks the pool holds now. A snapshot: a block may be gone a moment
   * later.
   *
   * @param hashes of the full blocks of a prefix, in order
   */
  int countLeadingBlocks(List<BlockHash> hashes);

  /**
   * Copies a block out of the pool.
   *
   * @return empty if the pool does not hold it any more
   * @throws InferenceException if the engine has failed or was stopped
   */
  Optional<KvBlock> exportBlock(BlockHash hash);

  /**
   * Takes on a text to compute while no sequence is open. Returns at once; bounded: the least
   * urgent and oldest is dropped for another. Each of its full blocks can be found as soon as it is
   * computed. Does nothing if the engine has failed or was stopped.
   */
  void prefillIdle(IdlePrefill text);

  /**
   * Takes on blocks to compute once more while no sequence is open, in place of those that it was
   * given before. Returns at once, and changes nothing that is cached or counted. Does nothing if
   * the engine has failed or was stopped.
   */
  void recomputeIdle(IdleRecompute blocks);

  /**
   * Forgets all blocks that no sequence holds, and all that was to be computed; returns how many
   * blocks.
   */
  int clearPool();

  /**
   * Does nothing while the engine serves.
   *
   * @throws InferenceException if it has failed or was stopped; says why
   */
  void requireServing();

  /** What the engine is at, and has done. */
  EngineStats stats();

  /** Use of the pool. */
  BlockPoolStats poolStats();
}
