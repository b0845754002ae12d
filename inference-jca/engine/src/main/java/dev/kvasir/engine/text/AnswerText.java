package dev.kvasir.engine.text;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One answer's text as it grows: whole characters, nothing that may still turn out to belong to a
 * stop text.
 */
public final class AnswerText {
  private final Tokenizer tokenizer;
  private final StreamingDecoder decoder;
  private final StopMatcher stops;

  public AnswerText(Tokenizer tokenizer, List<String> stopTexts) {
    this.tokenizer = tokenizer;
    this.decoder = new StreamingDecoder(tokenizer);
    this.stops = new StopMatcher(stopTexts);
  }

  /** Adds a token; returns what can be shown now. */
  public String push(int tokenId) {
    return stops.push(decoder.push(tokenId));
  }

  /** Whether a stop text has come; nothing more is shown then. */
  public boolean stopped() {
    return stops.isMatched();
  }

  /** The UTF-8 of one token, whatever stands around it. */
  public ByteBuffer tokenBytes(int tokenId) {
    return tokenizer.bytes(tokenId);
  }

  /** What was held back and can be shown now that no more comes. */
  public String finish() {
    if (stops.isMatched()) {
      return "";
    }
    String shown = stops.push(decoder.flush());
    return stops.isMatched() ? shown : shown + stops.flush();
  }
}
