package dev.kvasir.cache.grid;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.policy.RecomputeCost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What one member of the grid is started with.
 *
 * @param node its name
 * @param network where it listens and whom it joins
 * @param secret that all members share; never sent
 * @param settings of the cluster, if this member is its first
 * @param near bounds of the near cache
 * @param reconcileEvery time between two repairs of what lost events left behind
 * @param cost of blocks, for policies that ask for it; the same on all members
 */
public record GridConfig(
    String node,
    Network network,
    String secret,
    CacheSettings settings,
    Near near,
    Duration reconcileEvery,
    RecomputeCost cost) {
  /** Time between repairs that servers use. */
  public static final Duration RECONCILE_EVERY = Duration.ofSeconds(10);

  public GridConfig {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("the cluster's secret is empty, but must not be");
    }
  }

  /** For no model in particular. */
  public GridConfig(
      String node,
      Network network,
      String secret,
      CacheSettings settings,
      Near near,
      Duration reconcileEvery) {
    this(node, network, secret, settings, near, reconcileEvery, RecomputeCost.STANDARD);
  }

  /** Who made the cluster's first settings, if this node is its first. */
  SettingsVersion.Change origin(Instant at) {
    return new SettingsVersion.Change("configuration of node " + node, at, 0);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "GridConfig[" + node + ", " + network + "]";
  }

  /**
   * Where a member listens and whom it joins.
   *
   * @param bind IP address of one interface
   * @param port exactly this one; 0 for a client, which listens nowhere
   * @param join {@code host:port} of members to join; empty for the first
   * @param role in the cluster
   * @param service {@code host:port}; all addresses of the host are those of members, as with a
   *     headless service of Kubernetes; empty for none
   */
  public record Network(String bind, int port, List<String> join, Role role, String service) {
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^,\\s]+:\\d{1,5}");

    public Network {
      join = List.copyOf(join);
      join.forEach(Network::requireAddress);
      if (role == Role.CLIENT && join.isEmpty()) {
        throw new IllegalArgumentException("a client of a grid needs a member to connect to");
      }
      if (!service.isEmpty()) {
        requireAddress(service);
      }
    }

    private static void requireAddress(String member) {
      if (!HOST_AND_PORT.matcher(member).matches()) {
        throw new IllegalArgumentException(
            "a member to join is \"%s\", but must be HOST:PORT".formatted(member));
      }
    }

    /** Of a member that asks no service. */
    public Network(String bind, int port, List<String> join, Role role) {
      this(bind, port, join, role, "");
    }

    /** Of a member that holds its share of the blocks. */
    public Network(String bind, int port, List<String> join) {
      this(bind, port, join, Role.MEMBER);
    }

    /** Of a client of these members. */
    public static Network client(List<String> members) {
      return new Network("", 0, members, Role.CLIENT);
    }

    boolean isClient() {
      return role == Role.CLIENT;
    }

    /** {@code host:port} of this member. */
    public String address() {
      return bind + ":" + port;
    }
  }

  /** What a node is to its cluster. */
  public enum Role {
    /** Owns its share of the blocks. */
    MEMBER,
    /** A member without partitions: reads and writes what others hold. */
    LITE,
    /** No member: comes and goes without a block being moved. */
    CLIENT
  }

  /**
   * Bounds of the near cache, which can count entries only.
   *
   * @param budgetBytes that it may take
   * @param blockBytes size of the largest block
   */
  public record Near(long budgetBytes, int blockBytes) {
    /** Most blocks that fit; at least 1. */
    public int capacity() {
      return (int) Math.max(1, Math.min(Integer.MAX_VALUE, budgetBytes / Math.max(1, blockBytes)));
    }
  }
}
