package dev.kvasir.web.openai;

/** An event of a stream that tells its kind twice: in itself and as the event's name. */
public interface NamedEvent {
  /** Such as {@code response.created}. */
  String type();
}
