package dev.kvasir.cache.grid;

/**
 * What a node tells all nodes, itself included. Hazelcast names the member that sent a message on,
 * which is not the node if that is a client.
 *
 * @param by who tells it
 * @param content what it tells
 */
record Told<T>(NodeId by, T content) {}
