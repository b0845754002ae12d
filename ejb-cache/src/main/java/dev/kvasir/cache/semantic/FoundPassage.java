package dev.kvasir.cache.semantic;

import dev.kvasir.inference.BlockHash;

/**
 * A passage where it stands in a prompt. At its edges a tokenizer may cut it otherwise than it cuts
 * the passage alone, so some of its own first and last tokens may be missing.
 *
 * @param id by which the request names it
 * @param name of its content
 * @param title name of its id, whatever its content
 * @param offset of the first token found, among the passage's own
 * @param position of that token in the prompt
 * @param count tokens found, one behind the other
 */
record FoundPassage(
    String id, BlockHash name, BlockHash title, int offset, int position, int count) {
  /** Where the passage begins, its missing tokens included. */
  int begin() {
    return Math.max(0, position - offset);
  }
}
