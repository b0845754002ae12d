package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    return List.copyOf(askEach(clients.all(), task, timeoutMillis).values());
  }

  /** The same by the nodes' ids, of the members and of these clients. */
  <T> Map<UUID, T> askEach(List<ClientNode> some, Callable<T> task, int timeoutMillis) {
    Map<UUID, CompletableFuture<Optional<T>>> asked = new LinkedHashMap<>();
    for (ClientNode client : some) {
      asked.put(
          client.id(),
          inbox
              .ask(client.id(), task, timeoutMillis)
              .handle((answer, failure) -> Optional.ofNullable(answer)));
    }
    Map<UUID, T> answers = new LinkedHashMap<>();
    members
        .askAll(task, timeoutMillis)
        .forEach((member, answer) -> answers.put(member.getUuid(), answer));
    asked.forEach((id, answer) -> answer.join().ifPresent(given -> answers.put(id, given)));
    return answers;
  }
}
