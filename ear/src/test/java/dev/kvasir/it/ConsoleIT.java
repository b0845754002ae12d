package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console as an administrator's browser sees it. */
@ExtendWith(KvasirCluster.Shared.class)
class ConsoleIT {
  private static final List<String> PAGES =
      List.of(
          "playground", "dashboard", "blocks", "policy", "members", "alerts", "tenants", "audit");
  private static final String POLICY = "/api/cache/policy";

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
  void playground_twoTurns_streamAndTellTheirSources(KvasirCluster cluster) throws Exception {
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("playground");
      browser.run(NOTE_LENGTHS);
      ask(browser, "What is the code of Paul?");
      long steps = (Long) browser.evaluate("return new Set(window.lengths).size");
      assertTrue(steps >= 3, "the answer came in " + steps + " steps");
      ask(browser, "What is the code of Ida?");

      List<WebElement> reports = browser.findAll(".report");
      assertEquals(2, reports.size());
      assertTrue(tokens(reports.get(1), "pool") > 0, reports.get(1).getText());
      assertTrue(tokens(reports.get(1), "computed") > 0, reports.get(1).getText());
      assertTrue(reports.get(1).getText().contains("why not more: "), reports.get(1).getText());
      assertEquals(List.of(), browser.complaints());
    }
  }

  // each length that the answer's text had on its way
  private static final String NOTE_LENGTHS =
      """
      window.lengths = [];
      new MutationObserver(() => {
        const said = document.querySelector('.turn.assistant .said');
        if (said && said.textContent) {
          window.lengths.push(said.textContent.length);
        }
      }).observe(document.getElementById('log'), {subtree: true, childList: true});
      """;

  @Test
  void playground_compared_equalPaintedAndPreferred(KvasirCluster cluster) throws Exception {
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("playground");
      ask(browser, "What is the code of Paul?");
      browser.find("#compare").click();
      browser.find("#message").sendKeys("What is the code of Ida?", Keys.ENTER);
      browser.await("a comparison", () -> browser.shows(".comparison"));
      assertEquals("true", browser.find(".comparison .note").getDomAttribute("data-equal"));
      List<WebElement> reports = browser.findAll(".report");
      assertTrue(tokens(reports.get(1), "pool") > 0, reports.get(1).getText());
      assertEquals(0, tokens(reports.get(2), "pool"), reports.get(2).getText());

      browser.findAll(".tokens summary").get(1).click();
      browser.await("the tokens", () -> browser.shows(".painted .token.pool"));
      assertEquals(
          tokens(reports.get(1), "computed"), browser.findAll(".painted .token.computed").size());

      browser.find("[data-preferred=with]").click();
      browser.await("the news", () -> browser.says(".thumbs", "Noted"));
      String noted = cluster.a().client().adminGet("/api/audit?what=prefer").toString();
      assertTrue(noted.contains("with cache, answers equal"), noted);
      assertEquals(List.of(), browser.complaints());
    }
  }

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
          "the hour", () -> browser.find("#csv").getDomAttribute("href").endsWith("HOUR"));
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
  void policy_change_inForceOnBothNodes(KvasirCluster cluster) throws Exception {
    KvasirClient a = cluster.a().client();
    KvasirClient b = cluster.b().client();
    JsonObject before = a.adminGet(POLICY);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("policy");
      browser.find("#settings\\:eviction option[value=LFU]").click();
      browser.type("#settings\\:budget", "77");
      browser.type("#settings\\:deadline", "345");
      browser.find("#settings\\:save").click();
      browser.await("the news", () -> browser.says("#settings\\:told", "In force on all nodes."));

      for (KvasirClient node : List.of(a, b)) {
        browser.await("the budget", () -> budgetOf(node) == 77L << 20);
        assertEquals("lfu", node.adminGet(POLICY).getString("eviction"));
        assertEquals(345, node.adminGet(POLICY).getInt("deadline_ms"));
      }
      assertTrue(browser.find("#now\\:inForce").getText().contains("Least frequently used"));
      assertEquals(List.of(), browser.complaints());
    } finally {
      KvasirClient.expectOk(a.admin("PUT", POLICY, before.toString()));
    }
  }

  @Test
  void policy_sliderShadowAndRevert_inForceListedAndBack(KvasirCluster cluster) throws Exception {
    KvasirClient client = cluster.a().client();
    JsonObject before = client.adminGet(POLICY);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("policy");
      browser.find("#settings\\:eviction option[value=S3_FIFO]").click();
      browser.await("its sliders", () -> browser.shows("[data-name=small_percent]"));
      browser.run("document.querySelector('[data-name=small_percent]').value = 25;");
      browser.type("#settings\\:shadows", "lru, sieve@2");
      browser.find("#settings\\:save").click();
      browser.await("the news", () -> browser.says("#settings\\:told", "In force on all nodes."));

      JsonObject now = client.adminGet(POLICY);
      assertEquals("s3_fifo", now.getString("eviction"));
      assertEquals(25, now.getJsonObject("parameters").getInt("small_percent"));
      browser.await("the shadows", () -> browser.says("#now\\:inForce", "sieve@2.0"));
      browser.await("the change", () -> browser.says("#past\\:changes", "small_percent: – → 25"));

      browser.find("#past\\:versions tbody tr:nth-child(2) button").click();
      browser.await("the news", () -> browser.says("#past\\:news", "In force on all nodes."));
      assertEquals(before, client.adminGet(POLICY));
      assertEquals(List.of(), browser.complaints());
    } finally {
      KvasirClient.expectOk(client.admin("PUT", POLICY, before.toString()));
    }
  }

  @Test
  void policy_simulated_curvesOfRealRequestsAndNothingChanged(KvasirCluster cluster)
      throws Exception {
    KvasirClient client = cluster.a().client();
    JsonObject before = client.adminGet(POLICY);
    client.chat(LongNotes.of(99), "Where does Tom live?", 1);
    client.chat(LongNotes.of(99), "Where does Ida live?", 1);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("policy");
      browser.find("#settings\\:eviction option[value=SIEVE]").click();
      browser.await("no slider", () -> browser.says("#settings\\:parameters", "nothing to tune"));
      browser.find("#what\\:simulate").click();
      browser.await("the curves", () -> browser.shows("#what\\:curves canvas"));
      assertTrue(browser.says("#replayed", "blocks asked for"));
      String curves =
          String.valueOf(browser.find("#what\\:curves canvas").getDomAttribute("aria-label"));
      assertTrue(curves.contains("sieve"), curves);
      assertEquals(List.of(), browser.complaints());
    }
    assertEquals(before, client.adminGet(POLICY));
    JsonObject what = client.adminGet("/api/cache/whatif?policies=lru,sieve@2");
    assertTrue(what.getInt("requests") >= 2, what::toString);
    assertEquals(5, what.getJsonArray("curves").getJsonObject(1).getJsonArray("points").size());
    assertEquals(400, client.admin("GET", "/api/cache/whatif?policies=best", "").statusCode());
  }

  @Test
  void policy_unreadableBudget_toldAndNotInForce(KvasirCluster cluster) throws Exception {
    KvasirClient client = cluster.a().client();
    JsonObject before = client.adminGet(POLICY);
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.open("policy");
      browser.type("#settings\\:budget", "plenty");
      browser.find("#settings\\:save").click();
      browser.await("the error", () -> browser.says("#settings", "Write the budget as a whole"));
      assertEquals(before, client.adminGet(POLICY));
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
  void logOut_thenOpen_asksToLogInAgain(KvasirCluster cluster) throws Exception {
    try (Browser browser = Browser.loggedInAt(cluster.a())) {
      browser.find("#out\\:logout").click();
      browser.await("the login page", () -> browser.shows("#password"));
      browser.open("policy");
      browser.await("the login page", () -> browser.shows("#password"));
    }
  }

  private static void ask(Browser browser, String message) {
    int before = browser.findAll(".report").size();
    browser.find("#message").sendKeys(message, Keys.ENTER);
    browser.await("an answer", () -> browser.findAll(".report").size() > before);
  }

  private static int tokens(WebElement report, String source) {
    List<WebElement> parts = report.findElements(By.cssSelector("[data-source=" + source + "]"));
    return parts.isEmpty() ? 0 : Integer.parseInt(parts.get(0).getDomAttribute("data-tokens"));
  }

  private static String figure(Browser browser, String tile) {
    return browser.find("[id='" + tile + "'] .figure").getText();
  }

  private static long budgetOf(KvasirClient node) {
    try {
      return node.adminGet(POLICY).getJsonNumber("budget_bytes").longValueExact();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
