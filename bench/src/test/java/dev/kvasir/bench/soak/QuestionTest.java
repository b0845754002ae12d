package dev.kvasir.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.bench.serve.Words;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {
  private final Words words = new Words(1);

  @Test
  void aboutDocuments_two_shareTheirBeginningsOnly() {
    List<Question> questions = Question.aboutDocuments(words, 2, 3);
    assertEquals(6, new HashSet<>(questions).size());
    assertEquals(beginning(questions.get(0)), beginning(questions.get(2)));
    assertNotEquals(beginning(questions.get(0)), beginning(questions.get(3)));
    assertEquals(questions, Question.aboutDocuments(words, 2, 3), "the same each time");
  }

  private static String beginning(Question question) {
    return question.body().getAsJsonArray("messages").get(0).toString();
  }

  @Test
  void ofConversations_turns_growAndKeepWhatWasSaid() {
    List<Question> turns = Question.ofConversations(words, 1, 3);
    for (int turn = 0; turn < 3; turn++) {
      assertEquals(2 * turn + 1, turns.get(turn).body().getAsJsonArray("messages").size());
    }
  }

  @Test
  void whole_cacheOff_saysSo() {
    Question text = Question.sampled(words, 1).get(0);
    assertTrue(text.whole(false).contains("{\"cache\":\"off\"}"));
    assertTrue(text.whole(true).contains("{\"cache\":\"on\"}"));
  }
}
