package dev.kvasir.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Kvasir this is. */
public final class Build {
  private static final String FILE = "/META-INF/kvasir-build.properties";
  private static final String VERSION = read();

  private Build() {}

  /** Its version, as in the name of the release archive. */
  public static String version() {
    return VERSION;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException(FILE + " is missing in the jar of the cache; build it anew");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }
}
