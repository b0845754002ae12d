package dev.kvasir.web.replay;

import dev.kvasir.cache.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers to writes with a key, the last {@value #MOST} of a day. Safe for all threads.
 *
 * <p>A key is in use from {@link #begin} until {@link #end}.
 */
final class KeptAnswers {
  /** Most keys. */
  static final int MOST = 1_000;

  private static final long KEPT_NANOS = TimeUnit.DAYS.toNanos(1);

  /** What is known of a key. */
  enum Known {
    /** Nothing: from now on it is in use. */
    NEW,
    /** The same request is on its way. */
    RUNNING,
    /** It was used for another request. */
    OTHER,
    /** The same request was answered. */
    ANSWERED
  }

  /**
   * A key of a user's.
   *
   * @param user who sent it: others may choose the same
   */
  record Name(String user, String key) {}

  /**
   * An answer as it was given.
   *
   * @param entity its body, a record; null if it has none
   * @param etag its header ETag; null if it has none
   */
  record Answer(int status, String mediaType, @Nullable Object entity, @Nullable String etag) {}

  private record Entry(String fingerprint, long beginNanos, @Nullable Answer answer) {}

  private final Ticker ticker;
  private final Map<Name, Entry> entries = // oldest first, guarded by this
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Entry> eldest) {
          return size() > MOST;
        }
      };

  KeptAnswers(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Takes a key into use, unless it was.
   *
   * @param fingerprint of the request
   */
  synchronized Known begin(Name name, String fingerprint) {
    Entry known = entries.get(name);
    if (known == null || ticker.read() - known.beginNanos > KEPT_NANOS) {
      entries.remove(name);
      entries.put(name, new Entry(fingerprint, ticker.read(), null));
      return Known.NEW;
    }
    if (!known.fingerprint.equals(fingerprint)) {
      return Known.OTHER;
    }
    return known.answer == null ? Known.RUNNING : Known.ANSWERED;
  }

  /** The answer to a key; null if there is none. */
  synchronized @Nullable Answer answer(Name name) {
    Entry known = entries.get(name);
    return known == null ? null : known.answer;
  }

  /**
   * Keeps the answer of a key that is in use.
   *
   * @param answer null if the request may be tried again with the same key
   */
  synchronized void end(Name name, @Nullable Answer answer) {
    Entry known = entries.get(name);
    if (known == null) {
      return; // a thousand others came meanwhile
    }
    if (answer == null) {
      entries.remove(name);
    } else {
      entries.put(name, new Entry(known.fingerprint, known.beginNanos, answer));
    }
  }
}
