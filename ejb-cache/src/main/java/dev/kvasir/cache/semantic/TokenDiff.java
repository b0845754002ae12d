package dev.kvasir.cache.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that two texts have in common, in order, as many as can be: Myers's difference
 * algorithm in linear space ("An O(ND) difference algorithm and its variations", Algorithmica,
 * 1986). One use, one thread.
 */
final class TokenDiff {
  /*
   * To make the other text of the one is a path through a grid, from its corner (0, 0) to (N, M): to
   * the right drops a token of the one, down inserts one of the other, along a diagonal keeps one
   * that both have. With D edits a path can end on the diagonals -D to D, and of each only the point
   * that is furthest along it matters. Searched from both corners at once, the two searches meet
   * within a shortest path after D/2 edits each; what is before that point and what is behind it is
   * searched in the same way. That takes O((N + M) D) steps and O(N + M) memory. As a text and its
   * reverse have nearly N + M edits, both are bounded: edits by what is of use to who asks, which the
   * first search tells before anything is kept, and steps by MOST_STEPS, for texts so long that even
   * these edits take too many.
   *
   * A diagonal is k = x - y. Of a part of the grid only the diagonals that cross it are looked at;
   * beside these, and where no search has been, stands a number that is never the best.
   */

  /**
   * Tokens that stand in both texts, one behind the other.
   *
   * @param from place of the first in the one
   * @param to its place in the other
   * @param count how many
   */
  record Kept(int from, int to, int count) {}

  /**
   * A part of the grid: {@code [left, right)} of the one text, {@code [top, bottom)} of the other.
   */
  private record Part(int left, int right, int top, int bottom) {
    /** The diagonal of its first corner. */
    int first() {
      return left - top;
    }

    /** The diagonal of its last corner. */
    int last() {
      return right - bottom;
    }
  }

  /** Diagonals begun and tokens compared along them, at most: some ten milliseconds. */
  static final long MOST_STEPS = 1 << 22;

  private static final int BEFORE_ALL = Integer.MIN_VALUE / 2;
  private static final int BEHIND_ALL = Integer.MAX_VALUE / 2;

  private final int[] one;
  private final int[] other;
  private final int mostEdits;
  private final int zero; // where diagonal 0 stands in the next two
  private final int[] forward; // furthest x on each diagonal, from the first corner
  private final int[] backward; // least x on each diagonal, from the last corner
  private final List<Kept> kept = new ArrayList<>();
  private long steps;

  /**
   * @param one stays the caller's, who must not change it meanwhile, as the other
   * @param mostEdits tokens dropped and inserted, that make one text of the other
   */
  TokenDiff(int[] one, int[] other, int mostEdits) {
    this.one = one;
    this.other = other;
    this.mostEdits = mostEdits;
    zero = other.length + 1;
    forward = new int[one.length + other.length + 3];
    backward = new int[forward.length];
  }

  /**
   * What the texts have in common, by place; runs are as long as they can be. Empty if it takes
   * more edits to make one of the other, or more than {@link #MOST_STEPS} to find them.
   */
  Optional<List<Kept>> kept() {
    boolean found =
        Math.abs(one.length - other.length) <= mostEdits
            && search(new Part(0, one.length, 0, other.length));
    return found ? Optional.of(List.copyOf(kept)) : Optional.empty();
  }

  /** Diagonals begun and tokens compared along them so far. */
  long steps() {
    return steps;
  }

  /** Keeps what a part has in common; false if the bounds do not let it. */
  private boolean search(Part part) {
    int x = part.left();
    int y = part.top();
    while (x < part.right() && y < part.bottom() && one[x] == other[y]) {
      x++;
      y++;
    }
    keep(part.left(), part.top(), x - part.left());
    int right = part.right();
    int bottom = part.bottom();
    while (right > x && bottom > y && one[right - 1] == other[bottom - 1]) {
      right--;
      bottom--;
    }
    if (right > x && bottom > y) {
      Part inner = new Part(x, right, y, bottom);
      int[] middle = middle(inner);
      if (middle == null
          || !search(new Part(x, middle[0], y, middle[1]))
          || !search(new Part(middle[0], right, middle[1], bottom))) {
        return false;
      }
    }
    keep(right, bottom, part.right() - right);
    return true;
  }

  private void keep(int from, int to, int count) {
    Kept last = kept.isEmpty() ? new Kept(0, 0, 0) : kept.get(kept.size() - 1);
    if (last.from() + last.count() == from && last.to() + last.count() == to && last.count() > 0) {
      kept.set(kept.size() - 1, new Kept(last.from(), last.to(), last.count() + count));
    } else if (count > 0) {
      kept.add(new Kept(from, to, count));
    }
  }

  /**
   * A point (x, y) of a shortest path through a part, apart from its corners; null beyond bounds.
   */
  private int @Nullable [] middle(Part part) {
    int odd = Math.abs(part.first() - part.last()) % 2;
    boolean meetsForward = odd == 1;
    forward[zero + part.first()] = part.left();
    backward[zero + part.last()] = part.right();
    for (int edits = 1; 2 * edits - odd <= mostEdits && steps <= MOST_STEPS; edits++) {
      border(forward, part, part.first(), edits, BEFORE_ALL);
      for (int k = lowest(part, part.first(), edits);
          k <= highest(part, part.first(), edits) && steps <= MOST_STEPS;
          k += 2) {
        int x = goForward(part, k);
        if (meetsForward && Math.abs(k - part.last()) < edits && x >= backward[zero + k]) {
          return new int[] {x, x - k};
        }
      }
      border(backward, part, part.last(), edits, BEHIND_ALL);
      for (int k = lowest(part, part.last(), edits);
          k <= highest(part, part.last(), edits) && steps <= MOST_STEPS;
          k += 2) {
        int x = goBackward(part, k);
        if (!meetsForward && Math.abs(k - part.first()) <= edits && x <= forward[zero + k]) {
          return new int[] {x, x - k};
        }
      }
    }
    return null;
  }

  /** Where a search has not been yet, beside the diagonals that it looks at next. */
  private void border(int[] reached, Part part, int start, int edits, int never) {
    reached[zero + Math.max(start - edits - 1, part.left() - part.bottom() - 1)] = never;
    reached[zero + Math.min(start + edits + 1, part.right() - part.top() + 1)] = never;
  }

  /** The lowest diagonal that crosses a part and can be reached with so many edits. */
  private static int lowest(Part part, int start, int edits) {
    int beyond = Math.max(0, part.left() - part.bottom() - (start - edits));
    return start - edits + (beyond + 1) / 2 * 2;
  }

  private static int highest(Part part, int start, int edits) {
    int beyond = Math.max(0, start + edits - (part.right() - part.top()));
    return start + edits - (beyond + 1) / 2 * 2;
  }

  private int goForward(Part part, int k) {
    int begin = Math.max(forward[zero + k - 1] + 1, forward[zero + k + 1]);
    int x = begin;
    while (x < part.right() && x - k < part.bottom() && one[x] == other[x - k]) {
      x++;
    }
    steps += 1 + x - begin;
    forward[zero + k] = x;
    return x;
  }

  private int goBackward(Part part, int k) {
    int begin = Math.min(backward[zero + k - 1], backward[zero + k + 1] - 1);
    int x = begin;
    while (x > part.left() && x - k > part.top() && one[x - 1] == other[x - k - 1]) {
      x--;
    }
    steps += 1 + begin - x;
    backward[zero + k] = x;
    return x;
  }
}
