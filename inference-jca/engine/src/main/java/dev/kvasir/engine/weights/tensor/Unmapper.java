package dev.kvasir.engine.weights.tensor;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives mapped pages back at once. Java 17 has no public call for it, and waiting for the collector
 * keeps a whole model's file in the process; {@code sun.misc.Unsafe} is in the exported module
 * jdk.unsupported for this use. Where it is missing, the collector does it later.
 */
final class Unmapper {
  private static final Logger LOGGER = System.getLogger(Unmapper.class.getName());
  private static final @Nullable MethodHandle INVOKE_CLEANER = findInvokeCleaner();

  private Unmapper() {}

  /** The buffer, and all views of it, must not be touched afterwards. */
  static void unmap(MappedByteBuffer buffer) {
    if (INVOKE_CLEANER == null) {
      return;
    }
    try {
      INVOKE_CLEANER.invoke(buffer);
    } catch (Throwable e) {
      LOGGER.log(Level.WARNING, "KVASIR-W001 a model file stays mapped until the next GC", e);
    }
  }

  private static @Nullable MethodHandle findInvokeCleaner() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      return MethodHandles.lookup()
          .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
          .bindTo(instance.get(null));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOGGER.log(Level.DEBUG, "no way to unmap files at once", e);
      return null;
    }
  }
}
