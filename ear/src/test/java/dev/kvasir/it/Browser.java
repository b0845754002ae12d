package dev.kvasir.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium with a fresh profile, at the console of one node. */
final class Browser implements AutoCloseable {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  // says at each start that it has no bindings for this Chromium's version; we use none
  private static final Logger BINDINGS = Logger.getLogger("org.openqa.selenium.devtools");

  static {
    BINDINGS.setLevel(Level.SEVERE);
  }

  private final Path profile;
  private final ChromeDriver driver;
  private final String console;

  private Browser(Path profile, ChromeDriver driver, String console) {
    this.profile = profile;
    this.driver = driver;
    this.console = console;
  }

  /** Starts a browser, with no page open yet. */
  static Browser at(KvasirNode node) throws IOException {
    if (!CHROMIUM.canExecute() || !DRIVER.canExecute()) {
      throw new IllegalStateException(
          "the console's tests need %s and %s: apt-get install chromium chromium-driver"
              .formatted(CHROMIUM, DRIVER));
    }
    Path profile = Files.createTempDirectory("kvasir-browser");
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
    ChromeDriver driver = new ChromeDriver(service, options(profile));
    return new Browser(profile, driver, node.httpsUri("/console/").toString());
  }

  /** Starts a browser whose user is logged in, at the playground. */
  static Browser loggedInAt(KvasirNode node) throws IOException {
    Browser browser = at(node);
    browser.open("playground");
    browser.logIn(node.adminUser(), node.adminPassword());
    browser.await("the playground", () -> browser.shows("#message"));
    return browser;
  }

  private static ChromeOptions options(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.setAcceptInsecureCerts(true); // a node's own
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  /** Opens a page by its name, without {@code .xhtml}. */
  void open(String page) {
    driver.get(console + page + ".xhtml");
  }

  /** Opens a path of the node. */
  void openPath(String path) {
    driver.get(URI.create(console).resolve(path).toString());
  }

  /** Fills the login page in, which has to be shown. */
  void logIn(String user, String password) {
    find("#user").sendKeys(user);
    find("#password").sendKeys(password);
    find("#login").click();
  }

  /** The one element that a CSS selector names. */
  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** All elements that a CSS selector names. */
  List<WebElement> findAll(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Whether an element is on the page and can be seen. */
  boolean shows(String selector) {
    return findAll(selector).stream().anyMatch(WebElement::isDisplayed);
  }

  /** Whether a text stands in an element. */
  boolean says(String selector, String text) {
    return find(selector).getText().contains(text);
  }

  /** Replaces what stands in a field. */
  void type(String selector, String text) {
    find(selector).clear();
    find(selector).sendKeys(text);
  }

  /** Prefers the {@code light} or the {@code dark} scheme. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Makes the page as wide as a phone's or a desk's. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Runs a script in the page. */
  void run(String script) {
    driver.executeScript(script);
  }

  /** What a script in the page returns. */
  Object evaluate(String script) {
    return Objects.requireNonNull(driver.executeScript(script), script);
  }

  /** What a script in the page hands to its last argument, a function. */
  Object evaluateLater(String script) {
    return Objects.requireNonNull(driver.executeAsyncScript(script), script);
  }

  /** Waits until the page is so; fails after a minute. */
  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "waited %s for: %s; the page is %s and says:%n%s"
                .formatted(PATIENCE, what, driver.getCurrentUrl(), find("body").getText()));
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (NoSuchElementException | StaleElementReferenceException e) {
      return false; // the page is being replaced
    }
  }

  /** Says yes to the question that the page asks. */
  void accept() {
    driver.switchTo().alert().accept();
  }

  /** What the browser complained of since the last call: failed loads, script errors. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(Browser::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
