package dev.kvasir.web.json;

import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;

/** The one JSON-B configuration: records whose camelCase is the wire's snake_case. */
public final class WireJson {
  static final Jsonb JSONB =
      JsonbBuilder.create(
          new JsonbConfig()
              .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES));

  private WireJson() {}

  /** The JSON text of a wire record, on one line. */
  public static String write(Object wire) {
    return JSONB.toJson(wire);
  }

  /**
   * The wire record of a JSON object.
   *
   * @throws dev.kvasir.web.fault.RequestFault naming the first field that has another type
   */
  public static <T extends Record> T read(JsonObject tree, Class<T> type) {
    WireTypes.check(tree, type);
    return JSONB.fromJson(tree.toString(), type);
  }
}
