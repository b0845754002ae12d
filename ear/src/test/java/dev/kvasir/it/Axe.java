package dev.kvasir.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Deque's axe, which looks for what shuts users of keyboards and screen readers out. */
final class Axe {
  private static final String SCRIPT = script();

  // a line for each violation: its rule, and the first elements that break it
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations
        .filter((one) => ['serious', 'critical'].includes(one.impact))
        .map((one) => one.id + ' ' + one.nodes.slice(0, 5)
          .map((node) => node.target.join(' ') + ' ' + node.failureSummary).join('; '))));
      """;

  private Axe() {}

  /** What is wrong with the open page, seriously or critically. */
  static List<String> violations(Browser browser) {
    browser.run(SCRIPT);
    List<?> found = (List<?>) browser.evaluateLater(RUN);
    return found.stream().map(String::valueOf).toList();
  }

  private static String script() {
    try (InputStream file = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (file == null) {
        throw new IllegalStateException("axe.min.js is not on the class path of the tests");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
