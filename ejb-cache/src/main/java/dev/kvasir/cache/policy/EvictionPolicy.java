package dev.kvasir.cache.policy;

import org.jspecify.annotations.Nullable;

/**
 * Who leaves next. Hears all that happens to the blocks of one {@link PrefixTree} and picks victims
 * among its leaves; it never sees an inner or a pinned block as one.
 *
 * <p>The papers' caches hold pages that do not depend on each other. Ours differ from all of them
 * in this: a block with a cached child is passed over where it stands in its queue and keeps its
 * place there. Where every block is a leaf, the papers' orders come out.
 *
 * <p>The tree's thread only.
 */
interface EvictionPolicy {
  /**
   * A block came; it is no leaf yet, as far as this was told. With uses it was here before this
   * policy came into force: those are told oldest use first.
   */
  void added(Node node);

  /** A block was taken; its node has the new numbers. It is no leaf while this runs. */
  void used(Node node);

  /** A block that is no leaf (any more) went, for whatever reason. */
  void removed(Node node);

  /** A block that is no leaf (any more) went because this policy chose it. */
  default void evicted(Node node) {
    removed(node);
  }

  /** A block got its first child, or another one. */
  default void continued(Node parent) {}

  /** A block may leave from now on: it is a leaf, and not pinned. */
  void enter(Node leaf);

  /** A block may not leave from now on. */
  void leave(Node leaf);

  /**
   * Who leaves next, of those who may; null if there are none. Asked for a victim the policy may
   * move others on: a bit cleared, a block promoted.
   */
  @Nullable Node victim();
}
