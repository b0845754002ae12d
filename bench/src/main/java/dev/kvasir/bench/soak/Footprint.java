package dev.kvasir.bench.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Memory that a server cannot give back.
 *
 * @param heapBytes used after a collection of all garbage
 * @param directBytes of direct buffers
 */
record Footprint(long heapBytes, long directBytes) {
  private static final int COLLECTIONS =
      3; // what the first finds weak or to be cleaned, the next take

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
      return new Footprint(memory.getHeapMemoryUsage().getUsed(), direct.getMemoryUsed());
    }
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
