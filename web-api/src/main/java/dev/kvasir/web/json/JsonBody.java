package dev.kvasir.web.json;

import jakarta.json.JsonObject;

/**
 * Body of a request: well-formed JSON, not yet a wire record.
 *
 * @param tree all fields, known or not
 */
public record JsonBody(JsonObject tree) {
  /**
   * Its wire record; unknown fields are left out.
   *
   * @throws dev.kvasir.web.fault.RequestFault naming the first field that has the wrong type
   */
  public <T extends Record> T as(Class<T> type) {
    return WireJson.read(tree, type);
  }
}
