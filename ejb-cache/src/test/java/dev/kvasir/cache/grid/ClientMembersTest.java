package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client finds while the members that it is a client of come and go. */
@Timeout(120)
final class ClientMembersTest extends OneMember {
  private static final int BLOCKS = 60; // so many that either of two members owns some

  private final TestingBlocks blocks = TestingBlocks.chain(8, BLOCKS, 1_000);
  private final Grid first = member();
  private final GridLink link = client("a");

  @BeforeEach
  void fill() {
    put(link, blocks);
    Grid second = secondMember();
    Await.until("the new member got its share", () -> ownedBlocks(second) > 0);
    Await.until("every block has its backup", () -> link.cluster().safe());
    assertEquals(2, link.memberCount());
  }

  private static long ownedBlocks(Grid member) {
    return member.payloads().getLocalMapStats().getOwnedEntryCount();
  }

  private void awaitAlone() throws Exception {
    Await.until("one is left", () -> link.memberCount() == 1);
    assertEquals(BLOCKS, link.countLeading(blocks.hashes()));
    for (int i = 0; i < BLOCKS; i++) {
      assertSame(blocks.blocks().get(i), Source.REMOTE, fetch(link, blocks.hashes().get(i)));
    }
  }

  @Test
  void close_oneOfTwoMembers_otherHasItsBlocks() throws Exception {
    first.close();
    awaitAlone();
  }

  @Test
  void kill_oneOfTwoMembers_backupsServe() throws Exception {
    first.kill();
    awaitAlone();
  }
}
