package dev.kvasir.web.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The TCP connections of this machine that both sides hold open, as the kernel lists them now.
 *
 * @param all of them, each from this side
 */
record OpenConnections(Set<Connection> all) {
  /*
   * While a request is served, nobody reads from its connection, and nothing is written before the
   * answer is whole: neither servlet nor JAX-RS hears of a client that left. The kernel knows: the
   * client's FIN turns ESTABLISHED (01) into CLOSE_WAIT (08), a reset removes the row.
   *
   * A row of /proc/net/tcp, and of tcp6, where Java's sockets stand by default:
   *   0: 0100007F:2378 0100007F:C168 01 ...
   * number, local address and port, remote ones, state; all hexadecimal. An address is printed as
   * words of 32 bits in the machine's byte order, a port as a number.
   */
  private static final System.Logger LOG = System.getLogger(OpenConnections.class.getName());

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final String ESTABLISHED = "01";

  OpenConnections {
    all = Set.copyOf(all);
  }

  /**
   * One connection.
   *
   * @param localPort this side's
   * @param client address and port of the other side
   */
  record Connection(int localPort, InetSocketAddress client) {}

  /** Reads the kernel's tables; empty where there are none, as on other systems than Linux. */
  static OpenConnections now() {
    Set<Connection> all = new HashSet<>();
    for (Path table : TABLES) {
      try {
        Files.readAllLines(table).forEach(row -> add(row, all));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "no table of connections", e);
      }
    }
    return new OpenConnections(all);
  }

  private static void add(String row, Set<Connection> all) {
    String[] fields = row.strip().split(" +", 5);
    if (fields.length == 5 && fields[3].equals(ESTABLISHED)) {
      int localPort = Integer.parseInt(port(fields[1]), 16);
      all.add(new Connection(localPort, remote(fields[2])));
    }
  }

  private static InetSocketAddress remote(String field) {
    byte[] printed = HexFormat.of().parseHex(field, 0, field.indexOf(':'));
    byte[] address = new byte[printed.length];
    IntBuffer words = ByteBuffer.wrap(printed).asIntBuffer();
    ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).asIntBuffer().put(words);
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(address), Integer.parseInt(port(field), 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of the kernel's: " + field, e);
    }
  }

  private static String port(String field) {
    return field.substring(field.indexOf(':') + 1);
  }
}
