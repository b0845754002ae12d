package dev.kvasir.console.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What computing costs, as the configuration has it. */
@ApplicationScoped
public class Prices {
  @Inject
  @ConfigProperty(name = "kvasir.power.watts", defaultValue = "150")
  int watts;

  @Inject
  @ConfigProperty(name = "kvasir.price.cents.per.kwh", defaultValue = "30")
  int cents;

  /** That this node draws while it computes. */
  public int watts() {
    return watts;
  }

  /** Of energy, in hundredths of the currency. */
  public int centsPerKilowattHour() {
    return cents;
  }
}
