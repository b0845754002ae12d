package dev.kvasir.cache.limits;

/**
 * Slows down whoever tries passwords or keys, by address. Safe for all threads; an EJB business
 * interface.
 */
public interface LoginGuard {
  /**
   * How long credentials from an address are not looked at: 0 if they are. Right ones have to wait
   * like wrong ones, else the answer would tell.
   */
  int secondsToWait(String address);

  /** Notes credentials that were nobody's. */
  void failed(String address);
}
