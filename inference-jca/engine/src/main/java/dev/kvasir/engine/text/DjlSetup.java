package dev.kvasir.engine.text;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the tokenizer library (DJL) quiet and off the network. Left alone it reports each start to
 * its makers, and downloads a CUDA build of its native code where it sees a GPU; offline it unpacks
 * the one from its jar. The properties are the library's only switches; what the user has set
 * stays.
 */
public final class DjlSetup {
  /** Held here, as loggers that nobody holds forget their level. */
  private static final Logger LOGGER = Logger.getLogger("ai.djl");

  private DjlSetup() {}

  /** Must run before the library's first call. */
  public static void ensure() {
    setIfMissing("ai.djl.offline", "true");
    setIfMissing("OPT_OUT_TRACKING", "true");
    if (LOGGER.getLevel() == null) {
      LOGGER.setLevel(Level.WARNING);
    }
  }

  private static void setIfMissing(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
