package dev.kvasir.cache.request;

import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The answers to a request, read in turn: each token goes to the sink and into its answer. One
 * thread.
 */
final class Answers {
  private final Sequence sequence;
  private final TokenSink sink;
  private final Site site;
  private final List<Answer> answers = new ArrayList<>(); // by choice
  private final Deque<Answer> growing = new ArrayDeque<>(); // the next to read first

  Answers(Sequence sequence, TokenSink sink, int choices, Site site) {
    this.sequence = sequence;
    this.sink = sink;
    this.site = site;
    for (int choice = 0; choice < choices; choice++) {
      answers.add(new Answer(choice, site));
    }
    growing.addAll(answers);
  }

  /** Takes a token of the answer whose turn it is; the first answer begins. */
  void deliver(GeneratedToken token) {
    Answer answer = growing.removeFirst();
    answer.add(token);
    if (token.finish() == null) {
      growing.addLast(answer);
    }
    if (!sink.accept(token) && !growing.isEmpty()) {
      sequence.cancel();
      site.observer().cancelled();
      growing.clear();
    }
  }

  /** Reads on until all answers have ended, or the sink wants no more. */
  void readToEnd() {
    while (!growing.isEmpty()) {
      deliver(sequence.next(growing.getFirst().choice()));
    }
  }

  /** Tokens of the answers as far as they came, the first answer's last. */
  List<TokenIds> tokens() {
    List<TokenIds> tokens = new ArrayList<>();
    answers.forEach(answer -> tokens.add(0, answer.tokens()));
    return tokens;
  }

  List<CompletionChoice> finished() {
    return answers.stream().map(Answer::finished).toList();
  }
}
