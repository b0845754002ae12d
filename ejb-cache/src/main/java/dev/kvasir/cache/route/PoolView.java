package dev.kvasir.cache.route;

/**
 * What a node says of a prefix and of itself.
 *
 * @param node its name
 * @param url where others reach its HTTP; empty if they shall not
 * @param blocks of the prefix that its engine pool has, from the first on
 * @param load how busy it is
 */
public record PoolView(String node, String url, int blocks, NodeLoad load) {}
