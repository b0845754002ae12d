package dev.kvasir.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.web.fault.FaultTable;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ErrorBody;
import org.junit.jupiter.api.function.Executable;

/** Looks at a fault as the client would see it. */
public final class FaultAssertions {
  private FaultAssertions() {}

  /** The body of the fault that a step ends with. */
  public static ErrorBody.Detail faultOf(Executable step) {
    return FaultTable.of(assertThrows(RequestFault.class, step)).body().error();
  }

  /** A fault names its field and code, and its message has certain words. */
  public static void assertFault(
      ErrorBody.Detail fault, String param, String code, String... words) {
    assertEquals(param, fault.param(), fault.message());
    assertEquals(code, fault.code(), fault.message());
    for (String word : words) {
      assertTrue(fault.message().contains(word), () -> word + " is not in: " + fault.message());
    }
  }
}
