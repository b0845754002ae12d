package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
  @ParameterizedTest
  @EnumSource
  void turns_sameSeed_sameTurns(Workload workload) {
    assertEquals(workload.turns(20, 3), workload.turns(20, 3));
    assertNotEquals(workload.turns(20, 3), workload.turns(20, 4));
  }

  @ParameterizedTest
  @EnumSource
  void turns_ofAConversation_keepTheirOrderAndTheirSystemPrompt(Workload workload) {
    List<Turn> turns = workload.turns(workload.requests(), 0);
    turns.stream()
        .collect(Collectors.groupingBy(Turn::conversation))
        .values()
        .forEach(
            conversation -> {
              for (int round = 0; round < conversation.size(); round++) {
                assertEquals(round, conversation.get(round).round());
                assertEquals(conversation.get(0).system(), conversation.get(round).system());
              }
            });
  }

  @Test
  void multiTurn_eightConversationsOfFiveRounds() {
    List<Turn> turns = Workload.MULTI_TURN.turns(40, 0);
    assertEquals(8, turns.stream().map(Turn::conversation).distinct().count());
    assertEquals(4, turns.get(39).round());
    assertEquals(128, words(turns.get(0).text()));
  }

  @Test
  void sharedPrefix_twelveSystemPromptsAndOwnQuestions() {
    List<Turn> turns = Workload.SHARED_PREFIX.turns(60, 0);
    assertEquals(12, turns.stream().map(Turn::system).distinct().count());
    assertEquals(60, turns.stream().map(Turn::text).distinct().count());
    assertEquals(300, words(turns.get(0).system()));
  }

  @Test
  void longDoc_eachDocumentTwiceInTheSameOrder() {
    List<String> texts = Workload.LONG_DOC.turns(16, 0).stream().map(Turn::text).toList();
    for (int i = 0; i < 8; i++) {
      String document = texts.get(i).substring(0, texts.get(i).indexOf('.') + 1);
      assertTrue(texts.get(i + 8).startsWith(document));
      assertNotEquals(texts.get(i), texts.get(i + 8));
    }
  }

  @Test
  void prefixRepetition_tenPrefixesSixTimesInAnotherOrder() {
    List<String> texts = Workload.PREFIX_REPETITION.turns(60, 0).stream().map(Turn::text).toList();
    Set<String> prefixes = new HashSet<>();
    texts.forEach(text -> prefixes.add(text.substring(0, text.indexOf('.'))));
    assertEquals(10, prefixes.size());
    assertNotEquals(
        prefixes.size(),
        texts.subList(0, 10).stream()
            .map(text -> text.substring(0, text.indexOf('.')))
            .distinct()
            .count());
  }

  @Test
  void openLoop_usersShareASystemPromptAndBringAHistory() {
    List<Turn> turns = Workload.OPEN_LOOP.turns(30, 0);
    assertEquals(1, turns.stream().map(Turn::system).distinct().count());
    assertEquals(528, words(turns.get(5).text()));
    assertEquals(16, words(turns.get(6).text()));
  }

  @Test
  void of_unknownName_namesThoseThatAre() {
    assertEquals(Workload.LONG_DOC, Workload.of("long-doc"));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Workload.of("long_doc"));
    assertTrue(refusal.toString().contains("multi-turn, shared-prefix, long-doc"));
  }

  private static int words(String text) {
    return text.strip().split("[ .]+", -1).length - 1;
  }
}
