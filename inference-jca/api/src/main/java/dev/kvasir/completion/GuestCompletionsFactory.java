package dev.kvasir.completion;

import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** What the server's JNDI entry for guests names: gives {@link GuestCompletions} to each lookup. */
public final class GuestCompletionsFactory implements ObjectFactory {
  @Override
  public Object getObjectInstance(
      @Nullable Object reference,
      @Nullable Name name,
      @Nullable Context context,
      @Nullable Hashtable<?, ?> environment) {
    return GuestCompletions.ofServer();
  }
}
