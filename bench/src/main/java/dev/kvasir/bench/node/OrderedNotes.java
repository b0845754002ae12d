package dev.kvasir.bench.node;

import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ChatMessage;
import java.util.List;

/**
 * A question about notes in an order.
 *
 * @param order of their passages
 * @param person who is asked about
 */
record OrderedNotes(PersonNotes notes, List<Integer> order, int person) {
  Prompt prompt() {
    StringBuilder text = new StringBuilder("Read the notes.\n");
    order.forEach(index -> text.append(notes.passages().get(index)));
    return new Prompt.Chat(
        List.of(new ChatMessage("user", text.append(notes.question(person)).toString())));
  }

  List<MarkedPassage> marked() {
    return order.stream()
        .map(index -> new MarkedPassage("p" + index, notes.passages().get(index)))
        .toList();
  }
}
