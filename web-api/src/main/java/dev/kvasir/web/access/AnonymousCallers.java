package dev.kvasir.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether callers without a key are let in, as the default tenant. */
@ApplicationScoped
public class AnonymousCallers {
  private boolean allowed;

  /**
   * Sets the rule.
   *
   * @param anonymous {@code on}, {@code off}, or {@code auto}: on while the node listens on
   *     loopback only
   * @param bind address where the node listens
   */
  @Inject
  void configure(
      @ConfigProperty(name = "kvasir.http.anonymous", defaultValue = "auto") String anonymous,
      @ConfigProperty(name = "kvasir.bind", defaultValue = "127.0.0.1") String bind) {
    allowed = anonymous.equals("on") || (anonymous.equals("auto") && isLoopback(bind));
  }

  /** Whether a caller from there needs no key. */
  public boolean mayComeFrom(String address) {
    return allowed && isLoopback(address);
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
