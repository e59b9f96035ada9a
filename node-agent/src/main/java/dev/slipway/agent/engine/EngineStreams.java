package dev.slipway.agent.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What listens to the streams of a Docker Engine. */
final class EngineStreams {

  private static final Logger LOG = LoggerFactory.getLogger(EngineStreams.class);

  private EngineStreams() {}

  /** A stream that breaks is opened again by whoever needs it: nothing to alarm anybody with. */
  private static void endQuietly(ResultCallback.Adapter<?> stream, Throwable failure) {
    LOG.debug("A stream of the Engine ended", failure);
    try {
      stream.close();
    } catch (IOException alreadyClosed) {
      LOG.debug("It was closed already", alreadyClosed);
    }
  }

  /** Tells a watcher of each change, and of the end. */
  static final class Events extends ResultCallback.Adapter<Event> {

    private final Engine.Watcher watcher;
    private final Runnable lost;

    /**
     * @param lost is run when the stream breaks: the Engine is gone, and another may follow
     */
    Events(Engine.Watcher watcher, Runnable lost) {
      this.watcher = watcher;
      this.lost = lost;
    }

    @Override
    public void onNext(Event event) {
      var actor = event.getActor();
      var container = Found.Labels.read(actor == null ? null : actor.getAttributes());
      container.ifPresent("start".equals(event.getAction()) ? watcher::started : watcher::changed);
    }

    @Override
    public void onError(Throwable failure) {
      lost.run();
      endQuietly(this, failure);
      watcher.ended();
    }

    @Override
    public void onComplete() {
      super.onComplete();
      lost.run();
      watcher.ended();
    }
  }

  /** Waits for the end of a pull. */
  static final class Pull extends ResultCallback.Adapter<PullResponseItem> {

    private final String image;
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile @Nullable RuntimeException failure;

    Pull(String image) {
      this.image = image;
    }

    @Override
    public void onNext(PullResponseItem item) {
      answered.countDown();
      var error = item.getErrorDetail();
      if (error != null) {
        failure = new EngineRefused(String.valueOf(error.getMessage()));
      }
    }

    @Override
    public void onError(Throwable failure) {
      this.failure =
          failure instanceof RuntimeException known ? known : new EngineUnavailable(failure);
      answered.countDown();
      endQuietly(this, failure);
    }

    @Override
    public void onComplete() {
      answered.countDown();
      super.onComplete();
    }

    /**
     * Waits. The Engine reports nothing before the registry has answered.
     *
     * @param toFirstAnswer zero for any time
     * @return true, once the image is there
     */
    boolean done(Duration toFirstAnswer, Duration longest) {
      try {
        if (!toFirstAnswer.isZero()
            && !answered.await(toFirstAnswer.toMillis(), TimeUnit.MILLISECONDS)) {
          Thread.startVirtualThread(() -> endQuietly(this, new IOException("no answer in time")));
          throw new EngineRefused(
              "the registry has not answered within %.1f s"
                  .formatted(toFirstAnswer.toMillis() / 1e3));
        }
        if (!awaitCompletion(longest.toSeconds(), TimeUnit.SECONDS)) {
          throw new EngineRefused("the image %s was not pulled in time".formatted(image));
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new EngineUnavailable(interrupted);
      }
      var failed = failure;
      if (failed != null) {
        throw failed;
      }
      return true;
    }
  }

  /** Gives a sink each piece, and the end: first, since closing a stream interrupts its thread. */
  static final class Logs extends ResultCallback.Adapter<Frame> {

    private final Engine.LogSink sink;

    Logs(Engine.LogSink sink) {
      this.sink = sink;
    }

    @Override
    public void onNext(Frame frame) {
      sink.bytes(frame.getStreamType() == StreamType.STDERR, frame.getPayload());
    }

    @Override
    public void onError(Throwable failure) {
      sink.ended();
      endQuietly(this, failure);
    }

    @Override
    public void onComplete() {
      sink.ended();
      super.onComplete();
    }
  }
}
