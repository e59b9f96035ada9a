package dev.slipway.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

/**
 * The same scenarios on Engines of several releases: the life of a service on the newest one, and
 * all of it where {@code -Dengines=all} asks for that, as {@code ./slipway test --engines} does.
 */
@ParameterizedClass
@MethodSource("releases")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EngineMatrixTest {

  private static final String MATRIX = "engines";

  @RegisterExtension
  final EngineTable.Recorder recorder = new EngineTable.Recorder(() -> this.release);

  @Parameter EngineRelease release;
  private DebianEngine engine;
  private Slipway slipway;
  private Path data;
  private EngineScenarios scenarios;

  static List<EngineRelease> releases() {
    return EngineRelease.chosen();
  }

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    data = Files.createTempDirectory("slipway-engines");
    engine = DebianEngine.start(release);
    var seen = Engine.at(engine.host());
    seen.loadImage();
    EngineTable.describe(release, seen.client().versionCmd().exec());
    slipway = Slipway.beside(engine, data, Map.of("SLIPWAY_PULL", "missing"));
    scenarios = new EngineScenarios(slipway.api(), seen, engine.address());
  }

  @AfterParameterizedClassInvocation
  void stop() throws Exception {
    if (slipway != null) {
      slipway.close();
      slipway = null;
    }
    if (engine != null) {
      engine.close();
      engine = null;
    }
    FileSystemUtils.deleteRecursively(data);
    EngineTable.write();
  }

  @BeforeEach
  void omitWhatThisEngineCannotDo(TestInfo test) {
    var limit = release.limit(test.getDisplayName());
    Assumptions.assumeTrue(limit == null, limit);
  }

  @AfterEach
  void clear() {
    scenarios.clear();
  }

  @Test
  @Order(1)
  @DisplayName("life of a service")
  void carriesAServiceThroughItsWholeLife() throws Exception {
    scenarios.lifeOfAService();
  }

  @Test
  @Order(2)
  @DisplayName("links")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void linksLeadToServicesOfTheNamespace() {
    scenarios.links();
  }

  @Test
  @Order(3)
  @DisplayName("volumes")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void volumesAreReusedAndErased() {
    scenarios.volumes();
  }

  @Test
  @Order(4)
  @DisplayName("placement facts, fixed ports")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void theNodeShowsWhatPlacementNeeds() {
    scenarios.placementFacts();
  }

  @Test
  @Order(5)
  @DisplayName("health checks")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void healthChecksDecideWhenAContainerRuns() {
    scenarios.healthChecks();
  }

  @Test
  @Order(6)
  @DisplayName("logs")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void linesArriveWholeOnceAndInOrder() {
    scenarios.logs();
  }

  @Test
  @Order(7)
  @DisplayName("exec")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void commandsAndTerminalsRunInContainers() throws Exception {
    scenarios.exec();
  }

  @Test
  @Order(8)
  @DisplayName("exit codes, restarts of containers")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void endsOfContainersAreReported() {
    scenarios.endsAndRestarts();
  }

  @Test
  @Order(9)
  @DisplayName("restart of the daemon")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void containersSurviveARestartOfTheDaemon() throws Exception {
    scenarios.survives(engine::restart);
  }

  @Test
  @Order(10)
  @DisplayName("upgrade to 28.5")
  @EnabledIfSystemProperty(named = MATRIX, matches = ".+")
  void containersSurviveAnUpgradeOfTheDaemon() throws Exception {
    Assumptions.assumeTrue(release == EngineRelease.DOCKER_26_1, "only 26.1 is upgraded");
    scenarios.survives(() -> engine.upgrade(EngineRelease.NEWEST));
    scenarios.lifeOfAService();
  }
}
