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
    assertEquals(turns(workload, 20, 3), turns(workload, 20, 3));
    assertNotEquals(turns(workload, 20, 3), turns(workload, 20, 4));
  }

  @ParameterizedTest
  @EnumSource
  void turns_ofAConversation_keepTheirOrderAndTheirSystemPrompt(Workload workload) {
    List<Turn> turns = turns(workload, 60, 0);
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
    List<Turn> turns = turns(Workload.MULTI_TURN, 40, 0);
    assertEquals(8, turns.stream().map(Turn::conversation).distinct().count());
    assertEquals(4, turns.get(39).round());
    assertEquals(128, words(turns.get(0).text()));
  }

  @Test
  void sharedPrefix_twelveSystemPromptsAndOwnQuestions() {
    List<Turn> turns = turns(Workload.SHARED_PREFIX, 60, 0);
    assertEquals(12, turns.stream().map(Turn::system).distinct().count());
    assertEquals(60, turns.stream().map(Turn::text).distinct().count());
    assertEquals(300, words(turns.get(0).system()));
  }

  @Test
  void longDoc_eachDocumentTwiceInTheSameOrder() {
    List<String> texts = turns(Workload.LONG_DOC, 16, 0).stream().map(Turn::text).toList();
    for (int i = 0; i < 8; i++) {
      String document = texts.get(i).substring(0, texts.get(i).indexOf('.') + 1);
      assertTrue(texts.get(i + 8).startsWith(document));
      assertNotEquals(texts.get(i), texts.get(i + 8));
    }
  }

  @Test
  void prefixRepetition_tenPrefixesSixTimesInAnotherOrder() {
    List<String> texts = turns(Workload.PREFIX_REPETITION, 60, 0).stream().map(Turn::text).toList();
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
    List<Turn> turns = turns(Workload.OPEN_LOOP, 30, 0);
    assertEquals(1, turns.stream().map(Turn::system).distinct().count());
    assertEquals(528, words(turns.get(5).text()));
    assertEquals(16, words(turns.get(6).text()));
  }

  @Test
  void overflow_twoPassesInTheSameOrder_sharePrefixes() {
    List<String> texts = turns(Workload.OVERFLOW, 20, 0).stream().map(Turn::text).toList();
    assertEquals(10, texts.stream().map(WorkloadTest::beginning).distinct().count());
    for (int i = 0; i < 10; i++) {
      assertEquals(beginning(texts.get(i)), beginning(texts.get(i + 10)));
      assertNotEquals(texts.get(i), texts.get(i + 10));
      assertEquals(640, words(texts.get(i)));
    }
  }

  @Test
  void permutator_sameDocumentsInOtherOrders() {
    List<Turn> turns = turns(Workload.PERMUTATOR, 10, 0);
    assertEquals(10, turns.stream().map(Turn::text).distinct().count());
    assertEquals(24, turns(Workload.PERMUTATOR, 30, 0).stream().map(Turn::text).distinct().count());
    Set<String> documents = Set.of(turns.get(0).text().split("\\.", -1));
    assertEquals(5, documents.size()); // and what is behind the last full stop
    for (Turn turn : turns) {
      assertEquals(documents, Set.of(turn.text().split("\\.", -1)));
      assertEquals(800, words(turn.text()));
      assertEquals(50, words(turn.system()));
    }
  }

  @Test
  void find_unknownName_namesThoseThatAre() {
    List<Workload> all = List.of(Workload.values());
    assertEquals(Workload.LONG_DOC, Labels.find(all, "workload", "long-doc"));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Labels.find(all, "workload", "long_doc"));
    assertTrue(refusal.toString().contains("multi-turn, shared-prefix, long-doc"));
  }

  private static List<Turn> turns(Workload workload, int count, long seed) {
    return Plan.of(workload, new Amount(count, "", 0, 0)).turns(seed);
  }

  private static String beginning(String text) {
    return text.substring(0, text.indexOf('.'));
  }

  private static int words(String text) {
    return text.strip().split("[ .]+", -1).length - 1;
  }
}
