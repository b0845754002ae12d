package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.web.fault.IfMatch;
import dev.kvasir.web.fault.StaleFault;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A change of the settings under HTTP's If-Match. With it, the change is made only to the version
 * that the client saw; without it, to whatever is in force: should others change settings at the
 * same time, it is made again to what they left.
 */
final class ConditionalChange {
  private final CacheAdmin cache;
  private final IfMatch ifMatch;

  /**
   * @param ifMatch the header's value; null if there is none
   */
  ConditionalChange(CacheAdmin cache, @Nullable String ifMatch) {
    this.cache = cache;
    this.ifMatch = new IfMatch(ifMatch);
  }

  /**
   * Makes it.
   *
   * @param attempt changes this version, unless another one is in force by then
   * @param body of the answer
   * @throws StaleFault with the tag of what is in force, where that is not what the client saw
   */
  Response make(
      Function<SettingsVersion, ChangeOutcome> attempt, Function<SettingsVersion, Object> body) {
    SettingsVersion now = ifMatch.isAny() ? cache.settings() : cache.latestSettings();
    while (ifMatch.test(now.tag())) {
      ChangeOutcome outcome = attempt.apply(now);
      now = outcome.now();
      if (outcome.done()) {
        return answer(now, body);
      }
    }
    throw new StaleFault(
        "settings_changed",
        now.tag(),
        "The settings are no more those of If-Match: %s set version %d; read them, and send the change with their ETag."
            .formatted(now.change().who(), now.number()));
  }

  /** What there is to say of a version, with its ETag. */
  static Response answer(SettingsVersion version, Function<SettingsVersion, Object> body) {
    return Response.ok(body.apply(version)).tag(new EntityTag(version.tag())).build();
  }
}
