package dev.kvasir.engine.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kvasir.engine.text.DjlSetup;
import dev.kvasir.inference.InferenceException;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * LangChain4j's bundled model in a session of our own: its standard one takes all processors, and
 * its threads spin after each text, at the cost of the sequences that decode beside it.
 */
final class OneThreadModel extends AbstractInProcessEmbeddingModel implements AutoCloseable {
  private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  /** Tokens of a text, two of the model's own aside. */
  static final int MAX_TOKENS = 510;

  private final OrtSession session;
  private final OnnxBertBiEncoder encoder; // of that session
  private final HuggingFaceTokenizer tokenizer; // cuts nothing

  private OneThreadModel(
      OrtSession session, OnnxBertBiEncoder encoder, HuggingFaceTokenizer tokenizer) {
    super(Runnable::run); // on the caller's thread
    this.session = session;
    this.encoder = encoder;
    this.tokenizer = tokenizer;
  }

  static OneThreadModel load() {
    DjlSetup.ensure();
    try (InputStream weights = resource(WEIGHTS);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session = environment.createSession(weights.readAllBytes(), options);
      byte[] tokenizer = tokenizer();
      return new OneThreadModel(
          session,
          new OnnxBertBiEncoder(
              environment, session, new ByteArrayInputStream(tokenizer), PoolingMode.MEAN),
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(tokenizer),
              Map.of("padding", "false", "truncation", "false")));
    } catch (IOException | OrtException e) {
      throw new InferenceException("the embedding model cannot be loaded: " + e.getMessage(), e);
    }
  }

  int countTokens(String text) {
    return tokenizer.encode(text, false, false).getIds().length;
  }

  /** The tokenizer's file, which would cut at 128 tokens, with the bound that the model has. */
  private static byte[] tokenizer() throws IOException {
    try (Reader file = new InputStreamReader(resource(TOKENIZER), StandardCharsets.UTF_8)) {
      JsonObject tokenizer = JsonParser.parseReader(file).getAsJsonObject();
      tokenizer.getAsJsonObject("truncation").addProperty("max_length", MAX_TOKENS + 2);
      return tokenizer.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(name), name);
  }

  @Override
  protected OnnxBertBiEncoder model() {
    return encoder;
  }

  /** Gives the native memory back; nobody may use it then. */
  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new InferenceException("the embedding model cannot be closed: " + e.getMessage(), e);
    }
  }
}
