package dev.kvasir.inference;

/** A form that an answer keeps to, unless its length cuts it off. */
public sealed interface ResponseFormat {
  /** Any JSON object. */
  record JsonObject() implements ResponseFormat {}

  /**
   * JSON as a schema describes it.
   *
   * @param schema a JSON Schema, as JSON; docs/api.md says which keywords are supported
   */
  record JsonSchema(String schema) implements ResponseFormat {}
}
