package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.jspecify.annotations.Nullable;

/** Body of every answer that is not a success. */
public record ErrorBody(Detail error) {

  /**
   * What went wrong.
   *
   * @param message what was expected, what came, what to do
   * @param type category
   * @param param field at fault; null if it is none
   * @param code stable name of the error; null if the type says it all
   */
  @JsonbNillable
  @JsonbPropertyOrder({"message", "type", "param", "code"})
  public record Detail(
      String message, String type, @Nullable String param, @Nullable String code) {}
}
