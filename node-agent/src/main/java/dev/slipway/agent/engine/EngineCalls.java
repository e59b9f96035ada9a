package dev.slipway.agent.engine;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.slipway.docker.EngineUnusable;
import java.util.function.Supplier;

/** Tells apart how a call to a Docker Engine fails. */
final class EngineCalls {

  private EngineCalls() {}

  /** A call that changes something; that it is changed already is no failure. */
  static void run(Runnable call) {
    var _ =
        asked(
            () -> {
              try {
                call.run();
              } catch (NotModifiedException | NotFoundException already) {
                return true;
              }
              return true;
            });
  }

  static <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (DockerException refused) {
      throw new EngineRefused(EngineAnswers.reason(refused));
    } catch (DockerClientException refused) { // in the middle of a stream, such as a pull
      throw new EngineRefused(String.valueOf(refused.getMessage()));
    } catch (EngineRefused | EngineUnavailable known) {
      throw known;
    } catch (EngineUnusable unusable) {
      throw new EngineUnavailable(unusable);
    } catch (RuntimeException unreachable) {
      throw new EngineUnavailable(unreachable);
    }
  }
}
