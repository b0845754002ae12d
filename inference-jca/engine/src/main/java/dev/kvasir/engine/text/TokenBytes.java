package dev.kvasir.engine.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * What each token of a tokenizer.json stands for, as UTF-8, and how it is spelled there. Safe for
 * all threads.
 */
final class TokenBytes {
  /*
   * The vocabulary spells tokens in one of two ways, which the decoder undoes. ByteLevel: each
   * character is a byte; those that can be printed are themselves, the others are moved to 256 and
   * above in rising order (GPT-2's bytes_to_unicode). SentencePiece: U+2581 is a space, and <0xE2> is
   * a byte. Added tokens, special ones among them, are spelled as they are.
   */
  private static final byte[] NONE = {};
  private static final char SENTENCE_PIECE_SPACE = '\u2581';
  private static final byte[] BYTE_OF_CHARACTER = byteOfCharacter(); // (256 + 68)

  private final boolean byteLevel;
  private final BitSet special = new BitSet(); // by id
  private byte[][] bytes = {}; // (more than the largest id), empty where there is no token
  private String[] spellings = {}; // (likewise)

  private TokenBytes(boolean byteLevel) {
    this.byteLevel = byteLevel;
  }

  /** Reads the vocabulary of a tokenizer.json that the tokenizer itself has taken. */
  static TokenBytes of(String tokenizerJson) {
    JsonObject root = JsonParser.parseString(tokenizerJson).getAsJsonObject();
    JsonElement decoder = root.get("decoder");
    TokenBytes tokens =
        new TokenBytes(decoder != null && decoder.toString().contains("\"ByteLevel\""));
    JsonObject vocabulary = root.getAsJsonObject("model").getAsJsonObject("vocab"); // of a BPE
    for (Map.Entry<String, JsonElement> entry : vocabulary.entrySet()) {
      tokens.put(entry.getValue().getAsInt(), entry.getKey(), tokens.decode(entry.getKey()));
    }
    JsonArray added = root.getAsJsonArray("added_tokens");
    for (JsonElement element : added == null ? new JsonArray() : added) {
      JsonObject token = element.getAsJsonObject();
      int id = token.get("id").getAsInt();
      String content = token.get("content").getAsString();
      tokens.put(id, content, utf8(content));
      JsonElement special = token.get("special");
      tokens.special.set(id, special != null && special.getAsBoolean());
    }
    return tokens;
  }

  /** The token's bytes, read only; none if the tokenizer does not know the id. */
  ByteBuffer of(int id) {
    return ByteBuffer.wrap(id < bytes.length ? bytes[id] : NONE).asReadOnlyBuffer();
  }

  /** Likewise; none if it is a special token. */
  ByteBuffer ofText(int id) {
    return of(special.get(id) ? Integer.MAX_VALUE : id);
  }

  /** The token as the vocabulary spells it; empty if the tokenizer does not know the id. */
  String spelling(int id) {
    return id < spellings.length ? spellings[id] : "";
  }

  private void put(int id, String spelling, byte[] token) {
    if (id >= bytes.length) {
      int known = bytes.length;
      bytes = Arrays.copyOf(bytes, Math.max(id + 1, 2 * known));
      Arrays.fill(bytes, known, bytes.length, NONE);
      spellings = Arrays.copyOf(spellings, bytes.length);
      Arrays.fill(spellings, known, spellings.length, "");
    }
    bytes[id] = token;
    spellings[id] = spelling;
  }

  private byte[] decode(String token) {
    if (byteLevel) {
      return byteLevel(token);
    }
    if (token.matches("<0x[0-9A-F]{2}>")) {
      return new byte[] {(byte) Integer.parseInt(token.substring(3, 5), 16)};
    }
    return utf8(token.replace(SENTENCE_PIECE_SPACE, ' '));
  }

  private static byte[] byteLevel(String token) {
    byte[] decoded = new byte[token.length()];
    for (int i = 0; i < decoded.length; i++) {
      if (token.charAt(i) >= BYTE_OF_CHARACTER.length) {
        return utf8(token); // no byte: spelled as it is
      }
      decoded[i] = BYTE_OF_CHARACTER[token.charAt(i)];
    }
    return decoded;
  }

  private static byte[] byteOfCharacter() {
    byte[] table = new byte[256 + 68];
    int moved = 256;
    for (int b = 0; b < 256; b++) {
      boolean prints = (b >= '!' && b <= '~') || (b >= 0xA1 && b != 0xAD);
      table[prints ? b : moved++] = (byte) b;
    }
    return table;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
