package dev.kvasir.inference;

/** A sampling parameter out of its range; the message has its name, the value and the range. */
public final class SamplingRangeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String parameter;

  SamplingRangeException(String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  /** The parameter's name, as OpenAI's API spells it. */
  public String parameter() {
    return parameter;
  }
}
