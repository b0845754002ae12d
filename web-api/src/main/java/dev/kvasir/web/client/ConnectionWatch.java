package dev.kvasir.web.client;

import dev.kvasir.cache.Ticker;
import dev.kvasir.web.client.OpenConnections.Connection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Knows which connections were open lately, by one look a second. Safe for all threads. */
@ApplicationScoped
public class ConnectionWatch {
  private static final long MAX_AGE_NANOS = 1_000_000_000;
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f.]*:.*");

  private final Ticker ticker;
  private final Supplier<OpenConnections> source;

  /** Guarded by this, as is its time. */
  private OpenConnections recent = new OpenConnections(Set.of());

  private long recentNanos;

  /** Asks the kernel. */
  public ConnectionWatch() {
    this(Ticker.system(), OpenConnections::now);
  }

  ConnectionWatch(Ticker ticker, Supplier<OpenConnections> source) {
    this.ticker = ticker;
    this.source = source;
    recentNanos = ticker.read() - MAX_AGE_NANOS;
  }

  /** The connection of a request. */
  public ClientConnection of(HttpServletRequest request) {
    return of(request.getLocalPort(), request.getRemoteAddr(), request.getRemotePort());
  }

  ClientConnection of(int localPort, String clientAddress, int clientPort) {
    InetSocketAddress client = new InetSocketAddress(literal(clientAddress), clientPort);
    return new ClientConnection(this, new Connection(localPort, client));
  }

  /** Whether a connection was open at some time of the last second. */
  synchronized boolean wasOpen(Connection connection) {
    return ticker.read() - recentNanos >= MAX_AGE_NANOS
        ? isOpenNow(connection)
        : recent.all().contains(connection);
  }

  synchronized boolean isOpenNow(Connection connection) {
    recent = source.get();
    recentNanos = ticker.read();
    return recent.all().contains(connection);
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
}
