package dev.kvasir.cache.policy;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cached blocks as a tree of prefixes, and who of them leaves next.
 *
 * <p>{@link #contains}, {@link #size} are safe for all threads; everything else belongs to one
 * thread at a time, which the caller's lock sees to.
 */
public final class PrefixTree {
  /*
   * Blocks are only useful with all blocks before them, so only blocks that nothing continues may
   * leave: the leaves. The policy in force knows these, less the pinned ones, and picks among them;
   * a block that gains its first child leaves its sight, one that loses its last child comes back.
   * Switching the policy tells the new one all blocks once, the least recently used first.
   *
   * Events of different partitions come in any order: a child may be added before its parent, or
   * stay when its parent is lost. Its parent's count of children is then kept aside until the
   * parent comes (back). Such a block can be taken by nobody; it leaves in its turn.
   *
   * A node's place with the policy rests on its fields: it leaves before they change.
   */

  /** By the words of the hash, the first one first. */
  public static final Comparator<BlockHash> BY_HASH =
      Comparator.comparingLong(BlockHash::word0)
          .thenComparingLong(BlockHash::word1)
          .thenComparingLong(BlockHash::word2)
          .thenComparingLong(BlockHash::word3);

  private final ConcurrentHashMap<BlockHash, Node> nodes = new ConcurrentHashMap<>();
  private final Map<BlockHash, Integer> childrenOfAbsent = new HashMap<>();
  private final Set<BlockHash> pins = new HashSet<>();
  private final TenantShares tenants;
  private final ExpirySweep sweep = new ExpirySweep(nodes);
  private AgeObserver ages = AgeObserver.NONE;
  private int evictable;

  /** An empty tree, for no model in particular: {@link RecomputeCost#STANDARD}. */
  public PrefixTree(EvictionKind kind) {
    this(TunedPolicy.of(kind), RecomputeCost.STANDARD);
  }

  /**
   * An empty tree.
   *
   * @param tuned the policy in force
   * @param cost of blocks, for policies that ask for it
   */
  public PrefixTree(TunedPolicy tuned, RecomputeCost cost) {
    tenants = new TenantShares(tuned, cost);
  }

  /** Tells of blocks' ages from now on. */
  public void observe(AgeObserver observer) {
    ages = observer;
  }

  /** Whether the block is in the tree. */
  public boolean contains(BlockHash hash) {
    return nodes.containsKey(hash);
  }

  /** Number of blocks. */
  public int size() {
    return nodes.size();
  }

  /** Bytes of all blocks. */
  public long bytes() {
    return tenants.bytes();
  }

  /** Bytes of a tenant's blocks. */
  public long bytes(String tenant) {
    return tenants.bytes(tenant);
  }

  /** Bytes of the blocks of each tenant that has any, a copy. */
  public Map<String, Long> bytesByTenant() {
    return tenants.bytesByTenant();
  }

  /** Adds a block as stored and used now; returns false, and changes nothing, if it is there. */
  public boolean add(TreeBlock block, long nowNanos) {
    return add(block, nowNanos, nowNanos);
  }

  /**
   * Adds a block as used now; returns false, and changes nothing, if it is there.
   *
   * @param storedNanos reading of the ticker when it was stored
   */
  public boolean add(TreeBlock block, long storedNanos, long nowNanos) {
    if (nodes.containsKey(block.hash())) {
      return false;
    }
    Node node = new Node(block, tenants.of(block.tenant()), storedNanos, nowNanos);
    Integer waiting = childrenOfAbsent.remove(block.hash());
    node.children = waiting == null ? 0 : waiting;
    node.pinned = pins.contains(block.hash());
    nodes.put(block.hash(), node);
    tenants.added(node);
    node.tenant.policy.added(node);
    enterIfEvictable(node);
    addToParent(block.parent());
    return true;
  }

  /** Takes a block out; returns it, or empty if it was not there. */
  public Optional<TreeBlock> remove(BlockHash hash) {
    Node node = nodes.get(hash);
    if (node == null) {
      return Optional.empty();
    }
    leaveIfEvictable(node);
    drop(node);
    node.tenant.policy.removed(node);
    tenants.forgetIfEmpty(node.tenant);
    return Optional.of(node.block);
  }

  /** Takes all blocks out, pins stay; returns how many there were. */
  public int clear() {
    int left = nodes.size();
    nodes.clear();
    childrenOfAbsent.clear();
    tenants.clear();
    sweep.restart();
    evictable = 0;
    return left;
  }

  /** Notes that a block was taken {@code uses} times, last now; unknown blocks are ignored. */
  public void touch(BlockHash hash, long uses, long nowNanos) {
    change(
        hash,
        node -> {
          ages.used(node.lastUseNanos, nowNanos);
          node.uses += uses;
          node.lastUseNanos = nowNanos;
          node.tenant.policy.used(node);
        });
  }

  /** Keeps a block from eviction, whether it is in the tree already or comes later. */
  public void pin(BlockHash hash) {
    pins.add(hash);
    change(hash, node -> node.pinned = true);
  }

  /** Lets a block be evicted again. */
  public void unpin(BlockHash hash) {
    pins.remove(hash);
    change(hash, node -> node.pinned = false);
  }

  /** The names of all pinned blocks, a copy; whether or not they are in the tree. */
  public Set<BlockHash> pins() {
    return new HashSet<>(pins);
  }

  /**
   * Evicts by this policy from now on; no work if that is the one in force, tuned alike. What the
   * old one had learned is lost, the new one starts from the uses of the blocks that are here.
   */
  public void switchTo(TunedPolicy wanted) {
    if (!tenants.switchTo(wanted)) {
      return;
    }
    evictable = 0;
    nodes.values().stream()
        .sorted((a, b) -> Long.signum(a.lastUseNanos - b.lastUseNanos))
        .forEach(this::tellAnew);
  }

  /**
   * Says how many blocks there is room for, for policies that divide it; until then, and for 0, it
   * is as many as there are.
   */
  public void setCapacity(int blocks) {
    tenants.setCapacity(blocks);
  }

  /**
   * Takes out those who leave next, each as if it were the only one: after a block its parent may
   * follow, if that was its last child.
   *
   * @param bytesToFree at least so many, if there are as many
   * @param maxLeaves to look at, each with those before it that it leaves without a child and that
   *     leave next, before giving up: what lies further up the order stays
   * @param mayLeave asked for evictable blocks only; others stay and are passed over
   * @return in the order in which they left
   */
  public List<TreeBlock> takeVictims(
      long bytesToFree, long maxLeaves, Predicate<BlockHash> mayLeave) {
    List<TreeBlock> victims = new ArrayList<>();
    List<Node> spared = new ArrayList<>();
    @Nullable BlockHash parentOfLast = null;
    long freed = 0;
    long leaves = 0;
    while (freed < bytesToFree) {
      Node candidate = tenants.victim();
      if (candidate == null) {
        break;
      }
      if (!candidate.block.hash().equals(parentOfLast) && ++leaves > maxLeaves) {
        break;
      }
      candidate.tenant.policy.leave(candidate);
      if (mayLeave.test(candidate.block.hash())) {
        evictable--;
        drop(candidate);
        candidate.tenant.policy.evicted(candidate);
        tenants.forgetIfEmpty(candidate.tenant);
        ages.evicted(candidate.storedNanos, candidate.lastUseNanos);
        freed += candidate.block.bytes();
        victims.add(candidate.block);
        parentOfLast = candidate.block.parent();
      } else {
        spared.add(candidate);
      }
    }
    spared.forEach(node -> node.tenant.policy.enter(node));
    return victims;
  }

  /**
   * Takes out blocks that are here for too long, pinned ones excepted. Looks at some at a time and
   * goes on behind them at the next call, so that all are looked at in turn.
   *
   * @param maxLooks blocks to look at
   * @param lifetimeOf a tenant's blocks
   * @param mayLeave asked for blocks that are too old only
   */
  public List<TreeBlock> takeExpired(
      long nowNanos,
      int maxLooks,
      Function<String, Lifetime> lifetimeOf,
      Predicate<BlockHash> mayLeave) {
    List<TreeBlock> expired = sweep.next(nowNanos, maxLooks, lifetimeOf, mayLeave);
    expired.forEach(block -> remove(block.hash()));
    return expired;
  }

  /** Who would leave next; empty if nobody may. */
  public Optional<TreeBlock> nextVictim() {
    return Optional.ofNullable(tenants.victim()).map(node -> node.block);
  }

  /** Number of blocks that may leave now. */
  public int evictableCount() {
    return evictable;
  }

  /** Snapshot of one block. */
  public Optional<BlockUsage> find(BlockHash hash) {
    return Optional.ofNullable(nodes.get(hash)).map(Node::usage);
  }

  /** Snapshots of the first blocks by hash among those that pass the filter. */
  public List<BlockUsage> select(Predicate<BlockHash> filter, int limit) {
    return nodes.values().stream()
        .filter(node -> filter.test(node.block.hash()))
        .sorted(Comparator.comparing(node -> node.block.hash(), BY_HASH))
        .limit(limit)
        .map(Node::usage)
        .toList();
  }

  /** The names of a tenant's blocks, a copy. */
  public Set<BlockHash> hashesOf(String tenant) {
    return nodes.values().stream()
        .filter(node -> node.block.tenant().equals(tenant))
        .map(node -> node.block.hash())
        .collect(Collectors.toSet());
  }

  /** The names of all blocks, a copy. */
  public Set<BlockHash> hashes() {
    return new HashSet<>(nodes.keySet());
  }

  /** A block and those before it, itself first, as far as the tree knows them. */
  public List<BlockHash> pathTo(BlockHash hash) {
    List<BlockHash> path = new ArrayList<>();
    for (Node node = nodes.get(hash); node != null; node = parentOf(node)) {
      path.add(node.block.hash());
    }
    return path;
  }

  /** For tests: who may leave. */
  Set<BlockHash> evictableHashes() {
    Set<BlockHash> hashes = new HashSet<>();
    Node next = tenants.victim();
    List<Node> seen = new ArrayList<>();
    while (next != null) {
      hashes.add(next.block.hash());
      next.tenant.policy.leave(next);
      seen.add(next);
      next = tenants.victim();
    }
    seen.forEach(node -> node.tenant.policy.enter(node));
    return hashes;
  }

  /** For tests: children of blocks that are not here. */
  Map<BlockHash, Integer> childrenOfAbsent() {
    return Map.copyOf(childrenOfAbsent);
  }

  private @Nullable Node parentOf(Node node) {
    BlockHash parent = node.block.parent();
    return parent == null ? null : nodes.get(parent);
  }

  /** Takes a node out that the policy does not see any more. */
  private void drop(Node node) {
    BlockHash hash = node.block.hash();
    nodes.remove(hash);
    tenants.dropped(node);
    if (node.children > 0) {
      childrenOfAbsent.put(hash, node.children);
    }
    takeFromParent(node.block.parent());
  }

  private void tellAnew(Node node) {
    node.forgetPolicy();
    node.tenant.policy.added(node);
    enterIfEvictable(node);
  }

  private void addToParent(@Nullable BlockHash parent) {
    if (parent != null && !change(parent, this::countChild)) {
      childrenOfAbsent.merge(parent, 1, Integer::sum);
    }
  }

  private void takeFromParent(@Nullable BlockHash parent) {
    if (parent != null && !change(parent, node -> node.children--)) {
      childrenOfAbsent.computeIfPresent(parent, (hash, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Changes a node's fields and keeps it at its right place; false if it is not there. */
  private boolean change(BlockHash hash, Consumer<Node> change) {
    Node node = nodes.get(hash);
    if (node == null) {
      return false;
    }
    leaveIfEvictable(node);
    change.accept(node);
    enterIfEvictable(node);
    return true;
  }

  private void countChild(Node parent) {
    parent.children++;
    parent.tenant.policy.continued(parent);
  }

  private void enterIfEvictable(Node node) {
    if (node.evictable()) {
      evictable++;
      node.tenant.policy.enter(node);
    }
  }

  private void leaveIfEvictable(Node node) {
    if (node.evictable()) {
      evictable--;
      node.tenant.policy.leave(node);
    }
  }
}
