package dev.kvasir.ra;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ContextLoaderTest {
  private final ClassLoader engines = new ClassLoader("engine's", null) {};

  @Test
  void call_codeFails_callersLoaderIsBack() {
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    ContextLoader context = new ContextLoader(engines);

    assertSame(engines, context.call(Thread.currentThread()::getContextClassLoader));
    assertThrows(IllegalStateException.class, () -> context.call(ContextLoaderTest::fail));

    assertSame(callers, Thread.currentThread().getContextClassLoader());
  }

  private static Object fail() {
    throw new IllegalStateException("as asked");
  }
}
