package dev.kvasir.cache.policy;

import org.jspecify.annotations.Nullable;

/** Blocks of a segment, inner ones too, in the order of their last placing. All in O(1). */
final class NodeList {
  private @Nullable Node first;
  private @Nullable Node last;
  private int size;

  int size() {
    return size;
  }

  /** The one placed longest ago; null if there is none. */
  @Nullable Node first() {
    return first;
  }

  void append(Node node) {
    node.previous = last;
    node.next = null;
    if (last == null) {
      first = node;
    } else {
      last.next = node;
    }
    last = node;
    size++;
  }

  /** Takes out a block that is in this list. */
  void remove(Node node) {
    if (node.previous == null) {
      first = node.next;
    } else {
      node.previous.next = node.next;
    }
    if (node.next == null) {
      last = node.previous;
    } else {
      node.next.previous = node.previous;
    }
    node.previous = null;
    node.next = null;
    size--;
  }
}
