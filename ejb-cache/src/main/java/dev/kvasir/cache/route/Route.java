package dev.kvasir.cache.route;

/**
 * Where a prompt's prefix is.
 *
 * @param node whose pool has the longest part of it
 * @param url where that node's HTTP is reached
 * @param blocks that it has
 * @param advice what is to be done about it
 */
public record Route(String node, String url, int blocks, Advice advice) {
  /** What is to be done. */
  public enum Advice {
    /** No other node has enough more: the request is answered here. */
    HERE,
    /** Another one has more, and is to answer or to be named. */
    THERE,
    /** Another one has more, but is too busy: the request is answered here. */
    BUSY
  }

  static Route to(PoolView view, Advice advice) {
    return new Route(view.node(), view.url(), view.blocks(), advice);
  }
}
