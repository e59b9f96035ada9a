package dev.slipway.agent.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.slipway.docker.EngineConnection;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.node.NodeId;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * The Engine of this machine, with a node of its own for one test; where one was promised, its
 * absence is a failure. Nothing of the node is left after the test.
 */
public final class RealEngine implements AutoCloseable {

  public static final String IMAGE = "demo/hello:latest";

  public final NodeId node;
  public final DockerEngine engine =
      new DockerEngine(
          EngineConnection.to(null),
          new EngineDefaults("127.0.0.1", 4096, "50m", 3, null, true, null));

  private final EngineConnection connection = EngineConnection.to(null);

  /** The same Engine, past all that is ours. */
  public final DockerClient docker;

  private final Set<String> built = new HashSet<>();

  private RealEngine(NodeId node) {
    this.node = node;
    docker = connection.calls();
  }

  public static RealEngine ofThisMachine() {
    return ofThisMachine(new NodeId(Uuids.random()));
  }

  public static RealEngine ofThisMachine(NodeId node) {
    var real = new RealEngine(node);
    if (!"true".equals(System.getenv("SLIPWAY_REQUIRE_DOCKER"))) {
      try {
        Assumptions.assumeTrue(real.engine.image(IMAGE).isPresent(), "there is no test image");
      } catch (EngineUnavailable none) {
        Assumptions.abort("there is no Docker Engine");
      }
    }
    return real;
  }

  /** Makes it from the image that is there. */
  public String create(Assignment assignment) {
    var name = assignment.spec().definition().get(dev.slipway.model.attribute.Attributes.IMAGE);
    return engine.create(node, assignment, engine.image(name).orElseThrow());
  }

  public String start(Assignment assignment) {
    var id = create(assignment);
    engine.start(id);
    return id;
  }

  public Found found(Assignment assignment) {
    return engine.find(node, assignment.container()).orElseThrow();
  }

  public InspectContainerResponse inspect(Assignment assignment) {
    return docker.inspectContainerCmd(found(assignment).engineId()).exec();
  }

  public static String name(Assignment assignment) {
    return Found.engineName(assignment.spec(), assignment.container());
  }

  public void run(Assignment assignment, String... command) throws InterruptedException {
    var _ = output(assignment, command);
  }

  /** Runs a program in the container and gives what it prints. */
  String output(Assignment assignment, String... command) throws InterruptedException {
    var exec =
        docker
            .execCreateCmd(name(assignment))
            .withCmd(command)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec();
    var printed = new StringBuffer();
    docker
        .execStartCmd(exec.getId())
        .exec(
            new com.github.dockerjava.api.async.ResultCallback.Adapter<
                com.github.dockerjava.api.model.Frame>() {
              @Override
              public void onNext(com.github.dockerjava.api.model.Frame frame) {
                printed.append(
                    new String(frame.getPayload(), java.nio.charset.StandardCharsets.UTF_8));
              }
            })
        .awaitCompletion(20, java.util.concurrent.TimeUnit.SECONDS);
    return printed.toString().strip();
  }

  /** An image with more than the one of the tests, for as long as the test lasts. */
  public String build(Path folder, String... lines) throws java.io.IOException {
    var tag = "slipway-test/" + Uuids.shortForm(Uuids.random()) + ":latest";
    var file = folder.resolve("Dockerfile");
    Files.write(
        file, Arrays.asList(("FROM " + IMAGE + "\n" + String.join("\n", lines)).split("\n")));
    docker.buildImageCmd(new File(folder.toString())).withTags(Set.of(tag)).start().awaitImageId();
    built.add(tag);
    return tag;
  }

  List<String> volumes() {
    var volumes =
        docker
            .listVolumesCmd()
            .withFilter("label", List.of(Found.Labels.NODE + "=" + node.value()))
            .exec()
            .getVolumes();
    return volumes == null
        ? List.of()
        : volumes.stream().map(v -> v.getName()).collect(Collectors.toList());
  }

  @Override
  public void close() throws Exception {
    engine.list(node).forEach(found -> engine.remove(found.engineId()));
    engine.tidy(node, Duration.ZERO);
    volumes().forEach(name -> docker.removeVolumeCmd(name).exec());
    built.forEach(tag -> docker.removeImageCmd(tag).withForce(true).exec());
    engine.close();
    connection.close();
  }

  static Duration patience() {
    return Duration.ofSeconds(20);
  }
}
