package dev.kvasir.cache.policy;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
   * leave: the leaves. These, less the pinned ones, are kept sorted by the order in force; a block
   * that gains its first child leaves the sorted set, one that loses its last child enters it.
   * Each change costs O(log leaves); switching the order sorts all leaves once.
   *
   * Events of different partitions come in any order: a child may be added before its parent, or
   * stay when its parent is lost. Its parent's count of children is then kept aside until the
   * parent comes (back). Such a block can be taken by nobody; it leaves in its turn.
   *
   * A node's place in the sorted set rests on its fields: take it out before they change.
   */

  private final ConcurrentHashMap<BlockHash, Node> nodes = new ConcurrentHashMap<>();
  private final Map<BlockHash, Integer> childrenOfAbsent = new HashMap<>();
  private final Set<BlockHash> pins = new HashSet<>();
  private Comparator<Node> order;
  private NavigableSet<Node> evictable;
  private long bytes;

  /** An empty tree. */
  public PrefixTree(EvictionKind kind) {
    order = EvictionOrder.of(kind);
    evictable = new TreeSet<>(order);
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
    return bytes;
  }

  /** Adds a block as used now; returns false, and changes nothing, if it is there. */
  public boolean add(TreeBlock block, long nowNanos) {
    if (nodes.containsKey(block.hash())) {
      return false;
    }
    Node node = new Node(block, nowNanos);
    Integer waiting = childrenOfAbsent.remove(block.hash());
    node.children = waiting == null ? 0 : waiting;
    node.pinned = pins.contains(block.hash());
    bytes += block.bytes();
    nodes.put(block.hash(), node);
    if (node.evictable()) {
      evictable.add(node);
    }
    addToParent(block.parent());
    return true;
  }

  /** Takes a block out; returns it, or empty if it was not there. */
  public Optional<TreeBlock> remove(BlockHash hash) {
    Node node = nodes.get(hash);
    if (node == null) {
      return Optional.empty();
    }
    evictable.remove(node);
    nodes.remove(hash);
    bytes -= node.block.bytes();
    if (node.children > 0) {
      childrenOfAbsent.put(hash, node.children);
    }
    takeFromParent(node.block.parent());
    return Optional.of(node.block);
  }

  /** Takes all blocks out, pins stay; returns how many there were. */
  public int clear() {
    int size = nodes.size();
    nodes.clear();
    childrenOfAbsent.clear();
    evictable.clear();
    bytes = 0;
    return size;
  }

  /** Notes that a block was taken {@code uses} times, last now; unknown blocks are ignored. */
  public void touch(BlockHash hash, long uses, long nowNanos) {
    change(
        hash,
        node -> {
          node.uses += uses;
          node.lastUseNanos = nowNanos;
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

  /** Sorts by this order from now on; no work if that is the order in force. */
  public void switchTo(EvictionKind kind) {
    Comparator<Node> wanted = EvictionOrder.of(kind);
    if (wanted.equals(order)) {
      return;
    }
    order = wanted;
    Collection<Node> leaves = evictable;
    evictable = new TreeSet<>(order);
    evictable.addAll(leaves);
  }

  /**
   * Takes out those who leave next, each as if it were the only one: after a block its parent may
   * follow, if that was its last child.
   *
   * @param bytesToFree at least so many, if there are as many
   * @param maxLeaves to look at, and at those before them that they leave without a child, before
   *     giving up: what lies further up the order stays
   * @param mayLeave asked for evictable blocks only; others stay and are passed over
   * @return in the order in which they left
   */
  public List<TreeBlock> takeVictims(
      long bytesToFree, long maxLeaves, Predicate<BlockHash> mayLeave) {
    List<TreeBlock> victims = new ArrayList<>();
    long freed = 0;
    long leaves = 1;
    Node candidate = evictable.isEmpty() ? null : evictable.first();
    while (candidate != null && freed < bytesToFree && leaves <= maxLeaves) {
      Node parent = null;
      if (mayLeave.test(candidate.block.hash())) {
        remove(candidate.block.hash());
        freed += candidate.block.bytes();
        victims.add(candidate.block);
        parent = parentIfNext(candidate);
      }
      if (parent == null) {
        leaves++;
        candidate = evictable.higher(candidate);
      } else {
        candidate = parent;
      }
    }
    return victims;
  }

  /** Number of blocks that may leave now. */
  public int evictableCount() {
    return evictable.size();
  }

  /** Snapshot of one block. */
  public Optional<BlockUsage> find(BlockHash hash) {
    return Optional.ofNullable(nodes.get(hash)).map(Node::usage);
  }

  /** Snapshots of the first blocks by hash among those that pass the filter. */
  public List<BlockUsage> select(Predicate<BlockHash> filter, int limit) {
    return nodes.values().stream()
        .filter(node -> filter.test(node.block.hash()))
        .sorted(Comparator.comparing(node -> node.block.hash(), EvictionOrder.BY_HASH))
        .limit(limit)
        .map(Node::usage)
        .toList();
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
    evictable.forEach(node -> hashes.add(node.block.hash()));
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

  /** The parent of a removed block, if it is evictable now and smaller than all that follow. */
  private @Nullable Node parentIfNext(Node removed) {
    Node parent = parentOf(removed);
    boolean isNext = parent != null && parent.evictable() && order.compare(parent, removed) < 0;
    return isNext ? parent : null;
  }

  private void addToParent(@Nullable BlockHash parent) {
    if (parent != null && !change(parent, node -> node.children++)) {
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
    evictable.remove(node);
    change.accept(node);
    if (node.evictable()) {
      evictable.add(node);
    }
    return true;
  }
}
