package dev.kvasir.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The tiny model with a number that is none: whoever's prompt has the token {@link #POISON}
 * computes nothing. The tiny model's head is its embedding, which would spoil everybody's logits;
 * here it is a copy from before.
 */
final class PoisonedModel {
  /** Its first token, of one character, stands in no other. */
  static final String POISON = "^";

  private static final String EMBEDDING = "model.embed_tokens.weight"; // (vocabulary, hidden) bf16
  private static final String TIED = "\"tie_word_embeddings\": ";
  private static final short NOT_A_NUMBER = 0x7FC0;

  private PoisonedModel() {}

  /** Writes it into a folder that is not there yet. */
  static Path write(Path tiny, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String file : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
      Files.copy(tiny.resolve(file), folder.resolve(file));
    }
    String config = Files.readString(tiny.resolve("config.json"));
    Files.writeString(folder.resolve("config.json"), config.replace(TIED + "true", TIED + "false"));
    byte[] poisoned =
        poisoned(Files.readAllBytes(tiny.resolve("model.safetensors")), poisonId(tiny));
    Files.write(folder.resolve("model.safetensors"), poisoned);
    return folder;
  }

  private static int poisonId(Path tiny) throws IOException {
    return read(Files.readAllBytes(tiny.resolve("tokenizer.json")))
        .getJsonObject("model")
        .getJsonObject("vocab")
        .getInt(POISON);
  }

  /** The safetensors file with a head, and a row of the embedding spoilt. */
  private static byte[] poisoned(byte[] file, int row) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int begin = 8 + Math.toIntExact(in.getLong());
    JsonObject header = read(Arrays.copyOfRange(file, 8, begin));
    JsonObject embedding = header.getJsonObject(EMBEDDING);
    JsonArray offsets = embedding.getJsonArray("data_offsets");
    byte[] head = Arrays.copyOfRange(file, begin + offsets.getInt(0), begin + offsets.getInt(1));
    int end = file.length - begin;
    JsonObject headEntry =
        Json.createObjectBuilder(embedding)
            .add("data_offsets", Json.createArrayBuilder().add(end).add(end + head.length))
            .build();
    byte[] newHeader =
        Json.createObjectBuilder(header)
            .add("lm_head.weight", headEntry)
            .build()
            .toString()
            .getBytes(UTF_8);

    int hidden = embedding.getJsonArray("shape").getInt(1);
    int spoilt = begin + offsets.getInt(0) + 2 * hidden * row;
    for (int i = 0; i < hidden; i++) {
      in.putShort(spoilt + 2 * i, NOT_A_NUMBER);
    }
    return ByteBuffer.allocate(8 + newHeader.length + end + head.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(newHeader.length)
        .put(newHeader)
        .put(file, begin, end)
        .put(head)
        .array();
  }

  private static JsonObject read(byte[] json) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
      return reader.readObject();
    }
  }
}
