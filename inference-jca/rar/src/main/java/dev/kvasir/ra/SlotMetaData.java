package dev.kvasir.ra;

import jakarta.resource.spi.ManagedConnectionMetaData;

/**
 * What the server may know of a slot.
 *
 * @param model that it runs
 */
record SlotMetaData(String model) implements ManagedConnectionMetaData {
  @Override
  public String getEISProductName() {
    return "Kvasir " + model;
  }

  @Override
  public String getEISProductVersion() {
    return "0.1";
  }

  /** 0: no limit of the adapter's own; the server's pool sets it. */
  @Override
  public int getMaxConnections() {
    return 0;
  }

  @Override
  public String getUserName() {
    return "";
  }
}
