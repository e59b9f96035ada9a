package dev.slipway.command.account;

import dev.slipway.command.api.RecordedBody;
import dev.slipway.command.api.Warnings;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.service.RefusedActions.RecordRefusal;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.DirectoryProgress;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ReadModel.Applied;
import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.service.ServiceCommand.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Sends a wish about accounts and answers it once this process lets in, or no longer lets in, whom
 * it changed. Either way the answer names the action that was left.
 */
final class AccountAnswers {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final String ACTION_URI = "X-DockerCloud-Action-URI";

  private final Commands commands;
  private final ReadModel readModel;
  private final DirectoryProgress directory;

  AccountAnswers(Commands commands, ReadModel readModel, DirectoryProgress directory) {
    this.commands = commands;
    this.readModel = readModel;
    this.directory = directory;
  }

  /**
   * What a client asks.
   *
   * @param name of the action, such as {@code User Create}
   * @param object the path of what it is about
   * @param body whose known fields are shown in the action
   */
  record Wish(Caller caller, String name, String object, AccountBody body) {

    Asked asked() {
      var request =
          new ActionRequest(
              caller.namespace(),
              name,
              object,
              caller.method(),
              caller.path(),
              RecordedBody.ofKnown(body.known()),
              caller.origin(),
              body.warnings());
      return new Asked(new ActionId(Uuids.random()), request);
    }
  }

  /**
   * @param command made here, so that what is wrong in its content leaves an action too
   * @param answer the body, made only if the command was taken
   */
  ResponseEntity<?> to(
      Wish wish,
      HttpStatus success,
      Function<Asked, AccountCommand> command,
      Function<AccountCommand, Map<String, @Nullable Object>> answer) {
    var asked = wish.asked();
    try {
      wish.body().checkStrict();
      var sent = command.apply(asked);
      long version = (long) Objects.requireNonNull(commands.send(sent, sent.account(), asked));
      var response =
          ResponseEntity.status(success).header(ACTION_URI, ResourceUri.of(asked.action()));
      Warnings.write(response, wish.body().warnings());
      if (!awaitApplied(sent, version, asked)) {
        response.header("Slipway-Read-Model", "behind");
      }
      return response.body(answer.apply(sent));
    } catch (AccountRejected rejected) {
      return switch (rejected.reason()) {
        case NOT_FOUND -> throw new ApiFailure(HttpStatus.NOT_FOUND, message(rejected));
        case INVALID_STATE -> refused(HttpStatus.CONFLICT, asked, rejected);
      };
    } catch (AggregateNotFoundException missing) {
      throw ApiFailure.notFound(wish.object());
    } catch (InvalidInput invalid) {
      return refused(HttpStatus.BAD_REQUEST, asked, invalid);
    }
  }

  private boolean awaitApplied(AccountCommand sent, long version, Asked asked) {
    boolean applied = directory.awaitApplied(sent.account().value(), version, LONGEST_WAIT);
    return awaitAction(asked) && applied;
  }

  private boolean awaitAction(Asked asked) {
    return readModel.awaitApplied(
        List.of(new Applied(View.ACTION, asked.action().value(), 0)), LONGEST_WAIT);
  }

  private ResponseEntity<?> refused(HttpStatus status, Asked asked, RuntimeException refusal) {
    var message = message(refusal);
    commands.send(new RecordRefusal(asked, message), asked.action(), asked);
    boolean _ = awaitAction(asked);
    return ResponseEntity.status(status)
        .header(ACTION_URI, ResourceUri.of(asked.action()))
        .body(Map.of("error", message));
  }

  private static String message(RuntimeException refusal) {
    return Objects.requireNonNullElse(refusal.getMessage(), "refused");
  }
}
