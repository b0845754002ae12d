package dev.kvasir.web.embedding;

import dev.kvasir.web.completion.Quoted;
import dev.kvasir.web.fault.RequestFault;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How a vector is written. */
enum EncodingFormat {
  /** An array of numbers, each the shortest text that gives its 32 bits. */
  FLOAT {
    @Override
    JsonValue write(float[] vector) {
      JsonArrayBuilder numbers = Json.createArrayBuilder();
      for (float number : vector) {
        numbers.add(new BigDecimal(Float.toString(number)));
      }
      return numbers.build();
    }
  },

  /** The base64 of its numbers, 32 bits each, little-endian. */
  BASE64 {
    @Override
    JsonValue write(float[] vector) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      return Json.createValue(Base64.getEncoder().encodeToString(bytes.array()));
    }
  };

  abstract JsonValue write(float[] vector);

  /**
   * The format of a request.
   *
   * @throws RequestFault if it is none
   */
  static EncodingFormat of(@Nullable String name) {
    if (name == null || name.equals("float")) {
      return FLOAT;
    }
    if (name.equals("base64")) {
      return BASE64;
    }
    throw RequestFault.invalid(
        "encoding_format",
        "encoding_format is \"%s\", but must be \"float\" or \"base64\"."
            .formatted(Quoted.of(name)));
  }
}
