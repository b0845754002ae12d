package dev.kvasir.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The C library's heap, where TensorFlow keeps all that it has. */
final class NativeHeap {
  /*
   * While it builds and optimizes a graph TensorFlow takes memory for more copies of it than it keeps. The C library
   * holds what was freed, a third of the weights of a small model, unless it is told to give it back. Java has no call for
   * that, but HotSpot's diagnostic command System.trim_native_heap (since 17.0.9, on glibc) does it.
   */

  private static final Logger LOG = System.getLogger(NativeHeap.class.getName());
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

  private NativeHeap() {}

  /** Gives freed memory back to the system, where this can be asked for. */
  static void trim() {
    try {
      Object said =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(new ObjectName(COMMANDS), "systemTrimNativeHeap", null, null);
      LOG.log(Level.DEBUG, "{0}", said);
    } catch (JMException | RuntimeException e) { // another machine, C library or version of Java
      LOG.log(Level.DEBUG, "freed native memory is kept: {0}", e.toString());
    }
  }
}
