package dev.kvasir.web.client;

import dev.kvasir.cache.Ticker;
import dev.kvasir.web.client.OpenConnections.Connection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Knows which connections were open lately, by one look a second, and one for new connections. Safe
 * for all threads.
 */
@ApplicationScoped
public class ConnectionWatch {
  /*
   * A look reads the kernel's tables, which takes the longer the more connections there are; each
   * token asks. So tokens read the latest look and never wait: where it is old, one of them takes
   * the next, and the others go on with the old one. Only a request on a connection that the latest
   * look has not waits for a look that begins after its arrival; requests that arrive during a look
   * share the next one. Without it nobody would miss a client that left before its first token.
   */
  private static final long MAX_AGE_NANOS = 1_000_000_000;
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f.]*:.*");

  private final Ticker ticker;
  private final Supplier<OpenConnections> source;

  /** One look at a time: its holder alone writes the two below. */
  private final ReentrantLock looking = new ReentrantLock();

  /** Number of the look that began last. */
  private volatile long begun;

  private volatile Look latest;

  /** Asks the kernel. */
  public ConnectionWatch() {
    this(Ticker.system(), OpenConnections::now);
  }

  ConnectionWatch(Ticker ticker, Supplier<OpenConnections> source) {
    this.ticker = ticker;
    this.source = source;
    latest = new Look(new OpenConnections(Set.of()), 0, ticker.read() - MAX_AGE_NANOS);
  }

  /** The connection of a request. */
  public ClientConnection of(HttpServletRequest request) {
    return of(request.getLocalPort(), request.getRemoteAddr(), request.getRemotePort());
  }

  ClientConnection of(int localPort, String clientAddress, int clientPort) {
    InetSocketAddress client = new InetSocketAddress(literal(clientAddress), clientPort);
    return new ClientConnection(this, new Connection(localPort, client));
  }

  /** Whether a connection was open at the latest look, a second ago at most; never waits. */
  boolean wasOpen(Connection connection) {
    if (isOld() && looking.tryLock()) {
      try {
        if (isOld()) {
          look();
        }
      } finally {
        looking.unlock();
      }
    }
    return latest.has(connection);
  }

  /** Whether it is open at a look that began after this call. */
  boolean isOpenNow(Connection connection) {
    long before = begun;
    looking.lock();
    try {
      if (latest.number() <= before) {
        look();
      }
    } finally {
      looking.unlock();
    }
    return latest.has(connection);
  }

  private boolean isOld() {
    return ticker.read() - latest.nanos() >= MAX_AGE_NANOS;
  }

  private void look() {
    assert looking.isHeldByCurrentThread();
    long number = begun + 1;
    begun = number;
    latest = new Look(source.get(), number, ticker.read());
  }

  /** An address without asking a name server; the wildcard, which no client has, if it is none. */
  private static InetAddress literal(String address) {
    InetAddress none = new InetSocketAddress(0).getAddress();
    try {
      return LITERAL.matcher(address).matches() ? InetAddress.getByName(address) : none;
    } catch (UnknownHostException e) {
      return none;
    }
  }

  /**
   * What the kernel said.
   *
   * @param open connections
   * @param number of the look, counted from 1
   * @param nanos when it ended
   */
  private record Look(OpenConnections open, long number, long nanos) {
    boolean has(Connection connection) {
      return open.all().contains(connection);
    }
  }
}
