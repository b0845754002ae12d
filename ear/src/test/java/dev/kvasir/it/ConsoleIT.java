package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as an administrator's browser sees it. */
@ExtendWith(KvasirCluster.Shared.class)
class ConsoleIT {
  private static final List<String> PAGES =
      List.of(
          "playground", "dashboard", "blocks", "policy", "members", "alerts", "tenants", "audit");

  @Test
  void login_wrongPassword_refusedWithReason(KvasirCluster cluster) throws Exception {
    try (Browser browser = Browser.at(cluster.a())) {
      browser.open("members");
      browser.logIn(cluster.a().adminUser(), "not the password");
      browser.await("the refusal", () -> browser.shows("#failed"));
      assertTrue(browser.find("#failed").getText().startsWith("User name or password is wrong."));
      browser.open("members");
      assertFalse(browser.shows(".member"), "a page was shown to a stranger");
    }
    String failures = cluster.a().client().adminGet("/api/audit?what=log-in").toString();
    assertTrue(failures.contains("\"refused\""), failures);
    assertFalse(failures.contains("not the password"), failures);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/console", "/console/"})
  void root_opened_leadsToThePlayground(String path, KvasirCluster cluster) throws Exception {
    try (Browser browser = Browser.at(cluster.a())) {
      browser.openPath(path);
      browser.logIn(cluster.a().adminUser(), cluster.a().adminPassword());
      browser.await("the playground", () -> browser.shows("#message"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "390, dark"})
  void pages_anyWidthAndScheme_fitAndAreAccessible(int width, String scheme, KvasirCluster cluster)
      throws Exception {
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.resize(width, 844);
      browser.prefer(scheme);
      for (String page : PAGES) {
        browser.open(page);
        browser.await(page, () -> browser.shows("h1") && browser.shows(".tab.here"));
        assertAll(
            page,
            () -> assertEquals("node a", browser.find(".node").getText()),
            () -> assertEquals(true, browser.evaluate(FITS), "wider than the window"),
            () -> assertEquals(List.of(), Axe.violations(browser)),
            () -> assertEquals(List.of(), browser.complaints()));
      }
    }
  }

  private static final String FITS =
      "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";

  @Test
  void dashboard_afterARequest_showsIt(KvasirCluster cluster) throws Exception {
    KvasirClient.text(cluster.a().client().chat("Answer in one word.", "Hello.", 4));
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("dashboard");
      browser.await("figures", () -> !browser.find(".tile .figure").getText().isBlank());
      browser.await("a request", () -> !"0".equals(figure(browser, "live:requests")));
      browser.await("charts", () -> browser.findAll(".chart canvas").size() >= 6);
      browser.find("#live\\:range option[value=HOUR]").click();
      browser.await(
          "the hour",
          () -> String.valueOf(browser.find("#csv").getDomAttribute("href")).endsWith("HOUR"));
      String file =
          (String)
              browser.evaluateLater(
                  "fetch(document.getElementById('csv').href)"
                      + ".then((answer) => answer.text()).then(arguments[0]);");
      assertEquals(61, file.lines().count(), file);
      assertTrue(file.startsWith("start,seconds,requests,hits,pool_tokens,"), file);
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void members_twoNodes_bothShown(KvasirCluster cluster) throws Exception {
    cluster.b();
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("members");
      browser.await("two nodes", () -> browser.findAll(".member").size() == 2);
      assertTrue(browser.find(".member[data-name=a]").getText().contains("answers you"));
      assertFalse(browser.find(".member[data-name=b]").getText().contains("answers you"));
      browser.await(
          "the other's version", () -> browser.says(".member[data-name=b] .version", "Java"));
      browser.await("the picture", () -> browser.findAll(".topology circle").size() == 2);
      browser.await("its load", () -> browser.says(".member[data-name=b] .load", "tokens/s"));
    }
  }

  @Test
  void members_drainAndBack_readinessFollows(KvasirCluster cluster) throws Exception {
    KvasirClient client = cluster.a().client();
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("members");
      browser.await("the button", () -> browser.shows(".drain button"));
      browser.find(".drain button").click();
      browser.accept();
      browser.await("the news", () -> browser.says("#live\\:told", "takes no new requests"));
      assertEquals(List.of(), Axe.violations(browser), "while a message is shown");
      assertEquals(1, browser.findAll("#live\\:told li [role=alert]").size());
      assertEquals(503, client.get("/health/ready").statusCode());
      browser.await("the state", () -> browser.says(".drain", "Out of service"));
      browser.find(".drain button").click();
      browser.await("the news", () -> browser.says("#live\\:told", "takes requests again"));
      assertEquals(200, client.get("/health/ready").statusCode());
      assertEquals(List.of(), browser.complaints());
    } finally {
      client.admin("DELETE", "/api/cluster/drain", "");
    }
  }

  @Test
  void tenants_keyMadeAndTenantDeleted_shownOnceAndConfirmed(KvasirCluster cluster)
      throws Exception {
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("tenants");
      browser.type("#tenants\\:newTenant", "Not An Id");
      browser.find("#tenants\\:create").click();
      browser.await("the rule", () -> browser.says("#tenants\\:told", "small letters"));
      browser.type("#tenants\\:newTenant", "console-it");
      browser.find("#tenants\\:create").click();
      browser.await("the tenant", () -> browser.says("#tenants\\:told", "console-it is there"));

      browser.type("#tenants\\:keyName", "browser");
      browser.type("#tenants\\:keyRequests", "60");
      browser.find("#tenants\\:createKey").click();
      browser.await("the key", () -> browser.shows("#key"));
      String key = browser.find("#key").getText();
      assertEquals(200, cluster.a().client().send("GET", "/v1/models", "Bearer " + key));
      browser.open("tenants");
      browser.await("the page", () -> browser.shows("#tenants\\:list"));
      assertFalse(browser.shows("#key"), "the key was shown again");

      browser.findAll("#tenants\\:list a").stream()
          .filter(link -> link.getText().equals("console-it"))
          .findFirst()
          .orElseThrow()
          .click();
      browser.await("its key", () -> browser.says("#tenants\\:keys", "browser"));
      assertTrue(browser.says("#tenants\\:keys", "60 requests"));
      browser.type("#tenants\\:quota", "64");
      browser.find("#tenants\\:setQuota").click();
      browser.await("the quota", () -> browser.says("#tenants\\:told", "quota of console-it"));
      browser.find("#tenants\\:delete").click();
      browser.await("the question", () -> browser.says("#tenants\\:told", "type console-it"));
      assertEquals(200, cluster.a().client().send("GET", "/v1/models", "Bearer " + key));
      browser.type("#tenants\\:confirmation", "console-it");
      browser.find("#tenants\\:delete").click();
      browser.await("the news", () -> browser.says("#tenants\\:told", "is deleted with 1 key"));
      assertEquals(401, cluster.a().client().send("GET", "/v1/models", "Bearer " + key));

      browser.open("audit");
      browser.type("#audit\\:what", "delete tenant");
      browser.find("#audit\\:search").click();
      browser.await(
          "the act",
          () ->
              browser.says("#audit\\:events", "console delete tenant")
                  && !browser.says("#audit\\:events", "create"));
      assertTrue(browser.says("#audit\\:events", cluster.a().adminUser()));
      String export = String.valueOf(browser.find("#export").getDomAttribute("href"));
      assertTrue(export.endsWith("&what=delete+tenant"), export);
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void tenants_deleteKey_asksFirst(KvasirCluster cluster) throws Exception {
    String made =
        KvasirClient.read(
                cluster
                    .a()
                    .client()
                    .admin("POST", "/api/tenants/default/keys", "{\"name\": \"unwanted\"}"))
            .getString("key");
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("tenants");
      browser.find("[title='Delete %s']".formatted(made.split("-", -1)[2])).click();
      browser.accept();
      browser.await("the news", () -> browser.says("#tenants\\:told", "nobody\u2019s now"));
      assertEquals(401, cluster.a().client().send("GET", "/v1/models", "Bearer " + made));
    }
  }

  @Test
  void groups_consentRecorded_shownUntilTheGroupIsDeleted(KvasirCluster cluster) throws Exception {
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("tenants");
      browser.type("#groups\\:newId", "console-group");
      browser.find("#groups\\:create").click();
      browser.await("the group", () -> browser.says("#groups\\:told", "console-group is there"));
      browser.find("#groups\\:invite").click();
      browser.await("a member", () -> browser.says("#groups\\:members", "consent is missing"));
      browser.type("#groups\\:givenBy", "R. Runner");
      browser.find("#groups\\:consent").click();
      browser.await("its consent", () -> browser.says("#groups\\:members", "R. Runner"));
      browser.open("tenants");
      browser.await("the group", () -> browser.says("#groups\\:members", "R. Runner"));
      assertEquals(List.of(), Axe.violations(browser));
      browser.find("#groups\\:delete").click();
      browser.accept();
      browser.await("the news", () -> browser.says("#groups\\:told", "is gone"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void alerts_ruleSetAndDeleted_onTheOtherNodeToo(KvasirCluster cluster) throws Exception {
    KvasirClient other = cluster.b().client();
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("alerts");
      browser.type("#set\\:name", "console_rule");
      browser.type("#set\\:condition", "nonsense");
      browser.find("#set\\:save").click();
      browser.await("the refusal", () -> browser.says("#set\\:told", "is no rule"));
      browser.type("#set\\:condition", "kvasir_ready above 5");
      browser.find("#set\\:save").click();
      browser.await("the news", () -> browser.says("#set\\:told", "is set on all nodes"));
      browser.await("the rule", () -> browser.says("#alerts\\:rules", "console_rule"));
      assertEquals(List.of(), Axe.violations(browser));
      Await.until(
          10,
          () -> other.adminGet("/api/alerts/rules").toString().contains("console_rule"),
          () -> "the other node has it");
      browser.find("[title='Delete console_rule']").click();
      browser.accept();
      browser.await("the news", () -> browser.says("#set\\:told", "is deleted"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void logOut_thenOpen_asksToLogInAgain(KvasirCluster cluster) throws Exception {
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.find("#out\\:logout").click();
      browser.await("the login page", () -> browser.shows("#password"));
      browser.open("policy");
      browser.await("the login page", () -> browser.shows("#password"));
    }
  }

  private static String figure(Browser browser, String tile) {
    return browser.find("[id='" + tile + "'] .figure").getText();
  }
}
