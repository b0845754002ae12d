package dev.kvasir.cache.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Caches of pages as the papers tell them, in lists and loops; nothing shared with ours. */
abstract class ReferenceCache {
  final int capacity;

  private ReferenceCache(int capacity) {
    this.capacity = capacity;
  }

  /** Asks for a page; whether it was there. It is afterwards. */
  abstract boolean access(int page);

  static ReferenceCache lru(int capacity) {
    return new ReferenceCache(capacity) {
      private final List<Integer> pages = new ArrayList<>();

      @Override
      boolean access(int page) {
        boolean hit = pages.remove((Integer) page);
        if (pages.size() == capacity) {
          pages.remove(0);
        }
        pages.add(page);
        return hit;
      }
    };
  }

  static ReferenceCache fifo(int capacity) {
    return new ReferenceCache(capacity) {
      private final List<Integer> pages = new ArrayList<>();

      @Override
      boolean access(int page) {
        if (pages.contains(page)) {
          return true;
        }
        if (pages.size() == capacity) {
          pages.remove(0);
        }
        pages.add(page);
        return false;
      }
    };
  }

  static ReferenceCache slru(int capacity) {
    return new ReferenceCache(capacity) {
      private final List<Integer> probation = new ArrayList<>();
      private final List<Integer> safe = new ArrayList<>();

      @Override
      boolean access(int page) {
        if (safe.remove((Integer) page) || probation.remove((Integer) page)) {
          safe.add(page);
          while (safe.size() > capacity * 0.8) {
            probation.add(safe.remove(0));
          }
          return true;
        }
        if (probation.size() + safe.size() == capacity) {
          (probation.isEmpty() ? safe : probation).remove(0);
        }
        probation.add(page);
        return false;
      }
    };
  }

  static ReferenceCache sieve(int capacity) {
    return new ReferenceCache(capacity) {
      private final List<Integer> oldToYoung = new ArrayList<>();
      private final Set<Integer> visited = new HashSet<>();
      private int hand;

      @Override
      boolean access(int page) {
        if (oldToYoung.contains(page)) {
          visited.add(page);
          return true;
        }
        if (oldToYoung.size() == capacity) {
          evict();
        }
        oldToYoung.add(page);
        return false;
      }

      private void evict() {
        while (visited.remove(oldToYoung.get(hand))) {
          hand = (hand + 1) % capacity;
        }
        oldToYoung.remove(hand);
        hand = hand == oldToYoung.size() ? 0 : hand;
      }
    };
  }

  static ReferenceCache s3Fifo(int capacity) {
    return new ReferenceCache(capacity) {
      private final Deque<Integer> small = new ArrayDeque<>();
      private final Deque<Integer> main = new ArrayDeque<>();
      private final Set<Integer> ghosts = new LinkedHashSet<>();
      private final Map<Integer, Integer> frequencies = new HashMap<>();

      @Override
      boolean access(int page) {
        if (frequencies.containsKey(page)) {
          frequencies.merge(page, 1, (old, one) -> Math.min(3, old + one));
          return true;
        }
        if (small.size() + main.size() == capacity) {
          evict();
        }
        (ghosts.remove(page) ? main : small).add(page);
        frequencies.put(page, 0);
        return false;
      }

      private void evict() {
        if (small.size() < capacity * 0.1 || !evictSmall()) {
          if (!evictMain()) {
            evictSmall();
          }
        }
      }

      private boolean evictSmall() {
        while (!small.isEmpty()) {
          int page = small.remove();
          if (frequencies.getOrDefault(page, 0) <= 1) {
            frequencies.remove(page);
            ghosts.add(page);
            while (ghosts.size() > (int) (capacity * 0.9)) {
              ghosts.remove(ghosts.iterator().next());
            }
            return true;
          }
          main.add(page);
          if (main.size() > (int) (capacity * 0.9)) {
            return evictMain();
          }
        }
        return false;
      }

      private boolean evictMain() {
        while (!main.isEmpty()) {
          int page = main.remove();
          int frequency = frequencies.getOrDefault(page, 0);
          if (frequency == 0) {
            frequencies.remove(page);
            return true;
          }
          frequencies.put(page, frequency - 1);
          main.add(page);
        }
        return false;
      }
    };
  }

  /** Figure 4 of the paper, line by line. */
  static ReferenceCache arc(int capacity) {
    return new ReferenceCache(capacity) {
      private final List<Integer> t1 = new ArrayList<>();
      private final List<Integer> t2 = new ArrayList<>();
      private final List<Integer> b1 = new ArrayList<>();
      private final List<Integer> b2 = new ArrayList<>();
      private double p;

      @Override
      boolean access(int page) {
        if (t1.remove((Integer) page) || t2.remove((Integer) page)) {
          t2.add(page);
          return true;
        }
        if (b1.contains(page)) {
          p = Math.min(capacity, p + Math.max(1, (double) b2.size() / b1.size()));
          replace(false);
          b1.remove((Integer) page);
          t2.add(page);
        } else if (b2.contains(page)) {
          p = Math.max(0, p - Math.max(1, (double) b1.size() / b2.size()));
          replace(true);
          b2.remove((Integer) page);
          t2.add(page);
        } else {
          makeRoom();
          t1.add(page);
        }
        return false;
      }

      private void makeRoom() {
        int all = t1.size() + t2.size() + b1.size() + b2.size();
        if (t1.size() + b1.size() == capacity) {
          if (t1.size() < capacity) {
            b1.remove(0);
            replace(false);
          } else {
            t1.remove(0);
          }
        } else if (all >= capacity) {
          if (all == 2 * capacity) {
            b2.remove(0);
          }
          replace(false);
        }
      }

      private void replace(boolean inB2) {
        if (!t1.isEmpty() && (t1.size() > p || (inB2 && t1.size() == (int) p))) {
          b1.add(t1.remove(0));
        } else {
          b2.add(t2.remove(0));
        }
      }
    };
  }
}
