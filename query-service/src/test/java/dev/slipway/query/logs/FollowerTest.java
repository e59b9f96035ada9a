package dev.slipway.query.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.service.ServiceId;
import dev.slipway.query.stream.Follower;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FollowerTest {

  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");

  static KeptLine line(int offset) {
    var line =
        new LogLine(
            WEB,
            ContainerId.of(WEB, 1, 1),
            "web-1",
            Stream.STDOUT,
            Instant.EPOCH,
            offset,
            "x".repeat(1_000));
    return new KeptLine(line, 0, offset);
  }

  static LogChunk chunk(int offset) {
    return new LogChunk(0, offset - 1, List.of(line(offset)));
  }

  static void offer(Follower<KeptLine> follower, int offset) {
    var line = line(offset);
    follower.offer(line, line.size());
  }

  @Test
  void keepsWhatCameUntilItIsTaken() throws InterruptedException {
    var follower = new Follower<KeptLine>(2_000_000);
    offer(follower, 0);
    offer(follower, 1);
    assertThat(follower.take(Duration.ZERO).items()).containsExactly(line(0), line(1));
    assertThat(follower.take(Duration.ZERO).items()).isEmpty();
  }

  @Test
  void costsNoMoreThanItsRoomAndSaysThatItFellBehind() throws InterruptedException {
    var follower = new Follower<KeptLine>(2_000_000);
    for (int offset = 0; offset < 10_000; offset++) {
      offer(follower, offset);
    }
    var batch = follower.take(Duration.ZERO);
    assertThat(batch.fellBehind()).isTrue();
    assertThat(batch.items()).isEmpty();
    offer(follower, 10_000);
    assertThat(follower.take(Duration.ZERO).items()).containsExactly(line(10_000));
  }

  @Test
  void isLetGoWhenTheProcessEnds() {
    var followers = new Followers();
    followers.start();
    var target = LogTarget.service(WEB.value());
    var follower = followers.follow(target);
    followers.publish(List.of(chunk(0)));
    followers.stop();
    assertThat(follower.isClosed()).isTrue();
    followers.leave(target, follower);
    assertThat(followers.count()).isZero();
  }

  @Test
  void hasRoomForManyPollsOfWhatItFollowsAndForNothingElse() throws InterruptedException {
    var followers = new Followers();
    followers.start();
    var follower = followers.follow(LogTarget.service(WEB.value()));
    var other = followers.follow(LogTarget.service("another"));
    for (int poll = 0; poll < 20; poll++) {
      int from = poll * 500;
      followers.publish(IntStream.range(from, from + 500).mapToObj(FollowerTest::chunk).toList());
    }
    var batch = follower.take(Duration.ZERO);
    assertThat(batch.fellBehind()).isFalse();
    assertThat(batch.items().stream().flatMap(List::stream).map(KeptLine::arrival))
        .hasSize(10_000)
        .isSorted();
    assertThat(other.take(Duration.ZERO).items()).isEmpty();
  }
}
