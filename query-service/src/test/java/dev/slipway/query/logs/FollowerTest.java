package dev.slipway.query.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.service.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowerTest {

  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");

  static LogLine line(int offset) {
    return new LogLine(
        WEB,
        ContainerId.of(WEB, 1, 1),
        "web-1",
        Stream.STDOUT,
        Instant.EPOCH,
        offset,
        "x".repeat(1_000));
  }

  @Test
  void keepsWhatCameUntilItIsTaken() throws InterruptedException {
    var follower = new Follower();
    follower.offer(line(0));
    follower.offer(line(1));
    assertThat(follower.take(Duration.ZERO).lines()).containsExactly(line(0), line(1));
    assertThat(follower.take(Duration.ZERO).lines()).isEmpty();
  }

  @Test
  void costsNoMoreThanItsRoomAndSaysThatItFellBehind() throws InterruptedException {
    var follower = new Follower();
    for (int offset = 0; offset < 10_000; offset++) {
      follower.offer(line(offset));
    }
    var batch = follower.take(Duration.ZERO);
    assertThat(batch.fellBehind()).isTrue();
    assertThat(batch.lines()).isEmpty();
    follower.offer(line(10_000));
    assertThat(follower.take(Duration.ZERO).lines()).containsExactly(line(10_000));
  }

  @Test
  void isLetGoWhenTheProcessEnds() {
    var followers = new Followers();
    followers.start();
    var target = LogTarget.service(WEB.value());
    var follower = followers.follow(target);
    followers.publish(List.of(line(0)));
    followers.stop();
    assertThat(follower.isClosed()).isTrue();
    followers.leave(target, follower);
    assertThat(followers.count()).isZero();
  }
}
