package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.inference.BlockHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A checkpoint whose tensors lie in mapped files. For one thread, but for {@link #read}. */
public final class MappedCheckpoint implements Checkpoint {
  private final LlamaConfig config;
  private final TextAssets text;
  private final Map<String, StoredTensor> tensors;
  private final List<MappedFile> files;
  private @Nullable BlockHash digest;
  private boolean closed;

  /**
   * Takes over the files; all tensors that the config calls for are among the given.
   *
   * @param tensors by Hugging Face name
   * @param files in a fixed order
   */
  public MappedCheckpoint(
      LlamaConfig config,
      TextAssets text,
      Map<String, StoredTensor> tensors,
      List<MappedFile> files) {
    this.config = config;
    this.text = text;
    this.tensors = Map.copyOf(tensors);
    this.files = List.copyOf(files);
  }

  @Override
  public LlamaConfig config() {
    return config;
  }

  @Override
  public TextAssets text() {
    return text;
  }

  /** Headers are digested with the weights: the same bytes under other names are another model. */
  @Override
  public BlockHash weightsDigest() {
    checkOpen();
    if (digest == null) {
      MessageDigest sha256 = sha256();
      files.forEach(file -> file.digest(sha256));
      digest = BlockHash.of(sha256.digest());
    }
    return digest;
  }

  @Override
  public long[] shape(String name) {
    return tensor(name).shape();
  }

  @Override
  public void read(String name, NumberType type, ByteBuffer out) {
    checkOpen();
    tensor(name).read(type, out);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      files.forEach(MappedFile::close);
    }
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(config.id() + " has no tensor " + name);
    }
    return tensor;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the checkpoint " + config.id() + " is closed");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
