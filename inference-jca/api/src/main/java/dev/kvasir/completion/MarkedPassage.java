package dev.kvasir.completion;

/**
 * A passage of a prompt that may stand in other prompts too, as the application marks it.
 *
 * @param id by which answers name it; unique within a request
 * @param text of it, as it stands in the prompt
 */
public record MarkedPassage(String id, String text) {
  public MarkedPassage {
    if (id.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException("a passage's id and text must not be blank");
    }
  }

  /** The id only: the text is a user's. */
  @Override
  public String toString() {
    return "MarkedPassage[" + id + "]";
  }
}
