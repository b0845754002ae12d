package dev.kvasir.cache.grid;

/** What a node does for the blocks of the grid, by its part in it. */
interface Housekeeping {
  /** Begins its rounds. */
  void begin(Upkeep upkeep);

  /** Whether whatever comes in lets another block leave sooner or later. */
  boolean isFull();

  /** Sees to what is held now, not at the next round. */
  void keepRoom();

  /** Mends what lost events left behind; one thread at a time. */
  void reconcile();

  /** See {@link Reconciler#partitionLost}. */
  void partitionLost(int partition);
}
