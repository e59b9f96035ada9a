package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.ServiceId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsDoneTest {

  private static final ContainerId CONTAINER =
      ContainerId.of(new ServiceId("5e0c7d7e-0000-4000-8000-000000000001"), 1, 1);

  @Test
  void knowsWhatItCouldNotWriteAndWritesItLater(@TempDir Path parent) throws Exception {
    var folder = parent.resolve("starts");
    var starts = new StartsDone(folder);
    Files.delete(folder); // as little can be written as to a full disk
    starts.record(CONTAINER, 3);
    assertThat(starts.of(CONTAINER)).isEqualTo(3);
    assertThat(new StartsDone(folder).of(CONTAINER)).isEqualTo(1);
    starts.record(CONTAINER, 3);
    assertThat(new StartsDone(folder).of(CONTAINER)).isEqualTo(3);
    assertThat(folder).isDirectoryContaining(file -> file.endsWith(CONTAINER.value()));
    starts.forget(CONTAINER);
    assertThat(folder).isEmptyDirectory();
  }
}
