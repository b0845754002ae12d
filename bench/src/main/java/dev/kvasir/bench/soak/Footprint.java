package dev.kvasir.bench.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Memory that a server cannot give back.
 *
 * @param heapBytes used after a collection of all garbage
 * @param directBytes of direct buffers
 * @param heapByClass bytes of all objects of a class, by its name in the JVM
 */
record Footprint(long heapBytes, long directBytes, Map<String, Long> heapByClass) {
  Footprint {
    heapByClass = Map.copyOf(heapByClass);
  }

  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

  /** {@code number: instances bytes class}. */
  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

  private static final int COLLECTIONS = 3; // what one finds weak or to be cleaned, the next take

  /** Of a process on this machine, asked by the attach interface. */
  @SuppressWarnings("BanJNDI") // the address comes from a process that this one has started
  static Footprint of(long pid) throws IOException {
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(pid)))) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      MemoryMXBean memory =
          ManagementFactory.newPlatformMXBeanProxy(
              server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
      for (int i = 0; i < COLLECTIONS; i++) {
        memory.gc();
      }
      BufferPoolMXBean direct =
          ManagementFactory.newPlatformMXBeanProxy(
              server, "java.nio:type=BufferPool,name=direct", BufferPoolMXBean.class);
      Map<String, Long> byClass = histogram(server);
      return new Footprint(memory.getHeapMemoryUsage().getUsed(), direct.getMemoryUsed(), byClass);
    }
  }

  private static Map<String, Long> histogram(MBeanServerConnection server) throws IOException {
    Object text;
    try {
      text =
          server.invoke(
              new ObjectName(COMMANDS),
              "gcClassHistogram",
              new Object[] {new String[0]},
              new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IOException("the server does not tell what its heap holds: " + e.getMessage(), e);
    }
    return String.valueOf(text)
        .lines()
        .map(CLASS::matcher)
        .filter(Matcher::matches)
        .collect(
            Collectors.toMap(
                line -> line.group(2), line -> Long.parseLong(line.group(1)), Long::sum));
  }

  /** The classes whose objects take most more than before, a line each. */
  List<String> grownSince(Footprint before, int most) {
    Map<String, Long> grown = new HashMap<>(heapByClass);
    before.heapByClass.forEach((name, bytes) -> grown.merge(name, -bytes, Long::sum));
    return grown.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(most)
        .map(entry -> "%,d bytes more of %s".formatted(entry.getValue(), entry.getKey()))
        .toList();
  }

  private static String agent(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("the server's memory cannot be read: " + e.getMessage(), e);
    }
  }
}
