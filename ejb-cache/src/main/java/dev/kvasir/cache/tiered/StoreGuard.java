package dev.kvasir.cache.tiered;

/** Stands before a node's store and keeps calls from it while it is in trouble. */
public interface StoreGuard {
  /** Lets every call through. */
  StoreGuard NONE =
      new StoreGuard() {
        @Override
        public Tiers before(Tiers tiers) {
          return tiers;
        }

        @Override
        public String circuit() {
          return "closed";
        }
      };

  /** The tiers with their store and its reader guarded; asked once, before their first use. */
  Tiers before(Tiers tiers);

  /** {@code closed}, {@code open} or {@code half_open}. */
  String circuit();
}
