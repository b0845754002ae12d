package dev.kvasir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginForPollsTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9080/console/members.xhtml?x=1, /console/members.xhtml",
    "http://127.0.0.1:9080/console/, /console/",
    "https://elsewhere.example/page, /console/",
    "not a uri, /console/",
    ", /console/",
  })
  void pageOf_anyReferrer_staysWithinTheConsole(@Nullable String referrer, String page) {
    assertEquals(page, LoginForPolls.pageOf(referrer, "/console/"));
  }
}
