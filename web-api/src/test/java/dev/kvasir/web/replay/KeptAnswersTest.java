package dev.kvasir.web.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kvasir.web.replay.KeptAnswers.Answer;
import dev.kvasir.web.replay.KeptAnswers.Known;
import dev.kvasir.web.replay.KeptAnswers.Name;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KeptAnswersTest {
  private static final Name NAME = new Name("ada", "k1");
  private static final Answer ANSWER = new Answer(200, "application/json", "{}", null);

  private long nowNanos;
  private final KeptAnswers answers = new KeptAnswers(() -> nowNanos);

  @Test
  void begin_sameRequest_runningThenAnswered() {
    assertEquals(Known.NEW, answers.begin(NAME, "f"));
    assertEquals(Known.RUNNING, answers.begin(NAME, "f"));
    answers.end(NAME, ANSWER);
    assertEquals(Known.ANSWERED, answers.begin(NAME, "f"));
    assertEquals(ANSWER, answers.answer(NAME));
  }

  @Test
  void begin_otherRequest_told() {
    answers.begin(NAME, "f");
    assertEquals(Known.OTHER, answers.begin(NAME, "g"));
    answers.end(NAME, ANSWER);
    assertEquals(Known.OTHER, answers.begin(NAME, "g"));
  }

  @Test
  void begin_otherUser_aKeyOfHisOwn() {
    answers.begin(NAME, "f");
    assertEquals(Known.NEW, answers.begin(new Name("bob", "k1"), "g"));
  }

  @Test
  void end_withoutAnswer_mayBeTriedAgain() {
    answers.begin(NAME, "f");
    answers.end(NAME, null);
    assertEquals(Known.NEW, answers.begin(NAME, "g"));
  }

  @Test
  void begin_aDayLater_forgotten() {
    answers.begin(NAME, "f");
    answers.end(NAME, ANSWER);
    nowNanos = TimeUnit.DAYS.toNanos(1);
    assertEquals(Known.ANSWERED, answers.begin(NAME, "f"));
    nowNanos++;
    assertEquals(Known.NEW, answers.begin(NAME, "f"));
  }

  @Test
  void begin_overTheBound_oldestForgotten() {
    answers.begin(NAME, "f");
    answers.end(NAME, ANSWER);
    for (int i = 0; i < KeptAnswers.MOST; i++) {
      answers.begin(new Name("bob", "k" + i), "f");
    }
    assertNull(answers.answer(NAME));
    answers.end(NAME, ANSWER);
    assertNull(answers.answer(NAME));
    assertEquals(Known.RUNNING, answers.begin(new Name("bob", "k0"), "f"));
  }

  @Test
  void fingerprint_eachPart_counts() {
    byte[] body = {1};
    String fingerprint = RequestFingerprint.of("PUT /a", body);

    assertEquals(fingerprint, RequestFingerprint.of("PUT /a", body));
    assertNotEquals(fingerprint, RequestFingerprint.of("PUT /b", body));
    assertNotEquals(fingerprint, RequestFingerprint.of("PUT /a", new byte[0]));
  }
}
