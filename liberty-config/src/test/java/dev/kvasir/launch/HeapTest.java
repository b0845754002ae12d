package dev.kvasir.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeapTest {
  @Test
  void of_nothingSet_whatTheTemplateSays() throws IOException {
    Heap heap = Heap.of(Map.of());

    assertEquals(new Heap(1024, 256, 512), heap);
    String template = Files.readString(Path.of("src/main/liberty/config/jvm.options"));
    assertTrue(template.contains("\n-Xmx%dm\n".formatted(heap.mib())), template);
  }

  @Test
  void noHeapLeft_serversAndGridMembersEnd() throws IOException {
    for (String starts : List.of("src/main/liberty/config/jvm.options", "../bin/grid")) {
      String options = Files.readString(Path.of(starts));
      assertTrue(
          options.lines().anyMatch(line -> line.matches("[^#]*-XX:\\+ExitOnOutOfMemoryError\\b.*")),
          starts);
    }
  }

  @Test
  void of_environment_eachCounts() {
    Heap heap =
        Heap.of(
            Map.of(
                "KVASIR_CACHE_BUDGET_MIB", "4096",
                "kvasir_cache_near_mib", "1",
                "kvasir.preempted.mib", "64"));

    assertEquals(new Heap(4096, 1, 64), heap);
    assertTrue(heap.toJvmOptions().endsWith("\n-Xmx5185m\n"), heap::toJvmOptions);
  }

  @Test
  void of_zeroPreempted_enginesDefault() {
    assertEquals(512, Heap.of(Map.of("KVASIR_PREEMPTED_MIB", "0")).preemptedMib());
  }

  @Test
  void of_noNumber_refused() {
    LaunchException refused =
        assertThrows(
            LaunchException.class, () -> Heap.of(Map.of("KVASIR_CACHE_BUDGET_MIB", "much")));

    assertEquals(
        "kvasir.cache.budget.mib is 'much', but must be a whole number of MiB from 1 to 1048576",
        refused.getMessage());
  }
}
