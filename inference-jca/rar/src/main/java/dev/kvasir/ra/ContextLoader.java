package dev.kvasir.ra;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs the engine's code with a context class loader that sees the engine's libraries. A caller's
 * thread carries its application's loader, which does not, and template engines load classes by
 * name through it.
 */
record ContextLoader(ClassLoader loader) {
  /** The loader of the adapter, whose libraries are the engine's. */
  static ContextLoader ofAdapter() {
    return new ContextLoader(ContextLoader.class.getClassLoader());
  }

  <T> T call(Supplier<T> engineCode) {
    Thread thread = Thread.currentThread();
    ClassLoader callers = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return engineCode.get();
    } finally {
      thread.setContextClassLoader(callers);
    }
  }

  /** The executor, whose tasks then see the engine's libraries too. */
  Executor around(Executor executor) {
    return task ->
        executor.execute(
            () ->
                call(
                    () -> {
                      task.run();
                      return true;
                    }));
  }
}
