package dev.kvasir.cache.request;

/**
 * What a request's lookup, load and the steps of its prefill took, in milliseconds; the steps of
 * others, between these, are not in it.
 */
record CacheTimes(double lookupMillis, double loadMillis, double prefillMillis) {}
