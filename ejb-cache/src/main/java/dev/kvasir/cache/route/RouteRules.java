package dev.kvasir.cache.route;

/**
 * How a node finds routes.
 *
 * @param mode what it does with them
 * @param url where other nodes reach this one's HTTP, without a slash at its end; empty if they
 *     shall not forward to it
 * @param fewestBlocks that another node's pool must have beyond this one's, 1 or more: what is not
 *     worth a way through the network
 */
public record RouteRules(RouteMode mode, String url, int fewestBlocks) {}
