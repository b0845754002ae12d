package dev.kvasir.cache.grid;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** What tests have that share two members among their methods. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoMembers {
  final TestingCluster cluster = TestingCluster.of(2);
  final Grid a = cluster.member(0);
  final Grid b = cluster.member(1);

  @AfterAll
  void stop() {
    cluster.close();
  }
}
