package dev.slipway.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium with the system's chromedriver. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test where there is no browser, unless one is required. */
  static Browser open() {
    var program =
        Stream.of(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, "chromedriver"))
            .filter(Files::isExecutable)
            .findFirst();
    if (System.getenv("SLIPWAY_REQUIRE_BROWSER") == null) {
      assumeThat(program).as("chromedriver is installed").isPresent();
    }
    var options = new ChromeOptions();
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1280,900");
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    var driver = new ChromeDriver(service, options);
    driver.manage().timeouts().implicitlyWait(PATIENCE).scriptTimeout(PATIENCE);
    return new Browser(driver);
  }

  void go(String url) {
    driver.get(url);
  }

  @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  long number(String script) {
    return ((Number) Objects.requireNonNull(run(script))).longValue();
  }

  /** Clicks the first element that an XPath finds; waits for it. */
  void click(String xpath) {
    driver.findElement(By.xpath(xpath)).click();
  }

  void type(String xpath, String text) {
    driver.findElement(By.xpath(xpath)).sendKeys(text);
  }

  void replace(String xpath, String text) {
    driver.findElement(By.xpath(xpath)).clear();
    type(xpath, text);
  }

  /** Presses keys, wherever the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  String text() {
    return String.valueOf(run("return document.body.innerText"));
  }

  void awaitText(String wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(text()).containsIgnoringCase(wanted));
  }

  void awaitNoText(String unwanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(text()).doesNotContainIgnoringCase(unwanted));
  }

  /** What axe finds wrong with the page, each with the elements that it is about. */
  List<String> inaccessible() {
    return new AxeBuilder()
        .analyze(driver).getViolations().stream()
            .map(
                rule ->
                    rule.getId()
                        + ": "
                        + rule.getNodes().stream().limit(3).map(one -> one.getTarget()).toList())
            .toList();
  }

  /** By how many pixels the page is wider than the window. */
  long overflow() {
    return number(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  void dark(boolean dark) {
    var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  void width(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", pixels < 500));
  }

  Set<Cookie> cookies() {
    return driver.manage().getCookies();
  }

  void forgetCookies() {
    driver.manage().deleteAllCookies();
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
