package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Ways to ask other nodes.
 *
 * @param members asks those
 * @param clients knows the others
 * @param inbox asks these
 */
record NodeCalls(MemberCalls members, Clients clients, Inbox inbox) {
  /**
   * Those of a node.
   *
   * @param client whether it is a client
   * @param executor runs what it is asked for
   */
  static NodeCalls of(HazelcastInstance hazelcast, boolean client, Executor executor) {
    MemberCalls members =
        new MemberCalls(hazelcast.getExecutorService(HazelcastSettings.MEMBER_CALLS));
    return new NodeCalls(
        members, new Clients(hazelcast, client, members), new Inbox(hazelcast, executor));
  }

  /** The answers of members and clients, this node among them, that came in time. */
  <T> List<T> askAll(Callable<T> task, int timeoutMillis) {
    List<CompletableFuture<Optional<T>>> asked =
        clients.all().stream()
            .map(
                client ->
                    inbox
                        .ask(client.id(), task, timeoutMillis)
                        .handle((answer, failure) -> Optional.ofNullable(answer)))
            .toList();
    List<T> answers = new ArrayList<>(members.askAll(task, timeoutMillis).values());
    asked.forEach(answer -> answer.join().ifPresent(answers::add));
    return List.copyOf(answers);
  }
}
