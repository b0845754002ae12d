package dev.kvasir.web.fault;

import jakarta.ws.rs.core.EntityTag;

/**
 * A change to something that is not what the client saw any more: 412, with the ETag it has now.
 */
public final class StaleFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String tag;

  /**
   * @param code of the fault
   * @param tag of what is there
   */
  public StaleFault(String code, String tag, String message) {
    super(message);
    this.code = code;
    this.tag = tag;
  }

  String code() {
    return code;
  }

  EntityTag tag() {
    return new EntityTag(tag);
  }
}
