package dev.kvasir.cache.request;

/** What a request's lookup, load and prefill took, in milliseconds. */
record CacheTimes(double lookupMillis, double loadMillis, double prefillMillis) {}
