package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Chats as a browser has them: streamed, explained, compared. */
@ExtendWith(KvasirCluster.Shared.class)
final class ConsolePlaygroundIT {
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

  private static void ask(Browser browser, String message) {
    int before = browser.findAll(".report").size();
    browser.find("#message").sendKeys(message, Keys.ENTER);
    browser.await("an answer", () -> browser.findAll(".report").size() > before);
  }

  private static int tokens(WebElement report, String source) {
    List<WebElement> parts = report.findElements(By.cssSelector("[data-source=" + source + "]"));
    return parts.isEmpty() ? 0 : Integer.parseInt(parts.get(0).getDomAttribute("data-tokens"));
  }
}
