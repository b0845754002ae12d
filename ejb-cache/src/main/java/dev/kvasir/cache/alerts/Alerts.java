package dev.kvasir.cache.alerts;

import java.util.List;

/** The alerts of this node. Safe for all threads; an EJB business interface. */
public interface Alerts {
  /** How each rule stands: those that fire first. */
  List<Alert> now();

  /** The last 200 that began or ended, the newest first. */
  List<AlertEvent> history();
}
