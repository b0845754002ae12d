package dev.kvasir.cache.grid;

import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.kvasir.cache.CacheUnavailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The grid could not start, or did not do in time what it was asked for; the message says why. */
public class GridException extends CacheUnavailableException {
  private static final long serialVersionUID = 1L;

  /** What was expected, what came, what to do. */
  public GridException(String message) {
    this(message, null);
  }

  /** As above, with what lies beneath. */
  public GridException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * What comes of an action that asks the grid.
   *
   * @throws GridException if the grid cannot be reached
   */
  static <T extends @Nullable Object> T reaching(Supplier<T> action) {
    try {
      return action.get();
    } catch (HazelcastException
        | HazelcastInstanceNotActiveException
        | HazelcastClientOfflineException e) {
      throw new GridException("the grid did not answer: " + e.getMessage(), e);
    }
  }
}
