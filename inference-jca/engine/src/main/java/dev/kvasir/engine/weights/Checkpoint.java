package dev.kvasir.engine.weights;

import dev.kvasir.inference.BlockHash;
import java.nio.ByteBuffer;

/**
 * An opened model on disk: its shape, its text side, and its tensors under their Hugging Face names
 * ({@code model.embed_tokens.weight}, {@code model.layers.0.self_attn.q_proj.weight}, ...), rows in
 * the Hugging Face order whatever the file keeps. All tensors that {@link #config} calls for are
 * there with the right shape, or opening failed.
 */
public interface Checkpoint extends AutoCloseable {
  /** Shape of the model. */
  LlamaConfig config();

  /** Tokenizer and chat template. */
  TextAssets text();

  /** SHA-256 over the bytes of all weights. */
  BlockHash weightsDigest();

  /** Dimensions of a tensor, outermost first. */
  long[] shape(String name);

  /**
   * Writes a whole tensor, row-major, little-endian, converted to {@code type} (to BF16: round to
   * nearest even). Several threads may read at a time.
   *
   * @param out has room for it; its position moves behind it
   */
  void read(String name, NumberType type, ByteBuffer out);

  /** Unmaps the files. */
  @Override
  void close();
}
