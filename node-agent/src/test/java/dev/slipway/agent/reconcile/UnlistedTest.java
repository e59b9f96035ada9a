package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.AssignmentList.PastTerm;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnlistedTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ContainerId WEB = new ContainerId("c0000000-0000-4000-8000-000000000001");

  /** Term 3.c continues 2.b, which continued 1.a; another 2.x was lost by a restore. */
  private static final List<PastTerm> PAST =
      List.of(new PastTerm(LogTerm.of("2.b"), 150), new PastTerm(LogTerm.of("1.a"), 100));

  private static LogStamp at(String term, long position) {
    return new LogStamp("here", 1, LogTerm.of(term), position);
  }

  private static Found.Labels made(@Nullable LogStamp stamp) {
    return new Found.Labels(WEB, new ServiceId("any"), NODE, "web-1", stamp);
  }

  private static AssignmentList list(ContainerId... named) {
    return new AssignmentList(NODE, at("3.c", 200), PAST, List.of(named));
  }

  @ParameterizedTest
  @CsvSource({
    "3.c, 10, true",
    "3.c, 200, true",
    "3.c, 201, false",
    "2.b, 150, true",
    "2.b, 151, false",
    "1.a, 100, true",
    "1.a, 101, false",
    "2.x, 10, false",
    "4.d, 10, false"
  })
  void onlyAListInWhosePastTheContainerIsRemovesIt(String term, long position, boolean removed) {
    var verdict = Unlisted.decide(made(at(term, position)), list());
    assertThat(verdict instanceof Unlisted.Remove).isEqualTo(removed);
  }

  @Test
  void keepsWhatCannotBeJudged() {
    var elsewhere = new LogStamp("elsewhere", 1, LogTerm.of("3.c"), 10);
    assertThat(Unlisted.decide(made(at("3.c", 10)), null)).isInstanceOf(Unlisted.Keep.class);
    assertThat(Unlisted.decide(made(null), list())).isInstanceOf(Unlisted.Keep.class);
    assertThat(Unlisted.decide(made(elsewhere), list())).isInstanceOf(Unlisted.Keep.class);
    assertThat(Unlisted.decide(made(at("3.c", 10)), list(WEB))).isInstanceOf(Unlisted.Keep.class);
  }
}
