package dev.slipway.query.exec;

import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.exec.ExecOutput.Ended;
import dev.slipway.model.exec.ExecOutput.Shown;
import dev.slipway.model.exec.ExecOutput.Started;
import dev.slipway.model.exec.ExecRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.context.support.GenericApplicationContext;

/** A node whose terminals show what is typed, byte by byte, and end with ^D. */
public final class FakeNode implements ExecRelay {

  final List<ExecRequest> requests = new CopyOnWriteArrayList<>();
  volatile boolean dead;
  private volatile Consumer<ExecOutput> listener = _ -> {};

  public static void register(GenericApplicationContext context, FakeNode node) {
    context.getBeanFactory().registerSingleton("fakeNode", node);
  }

  @Override
  public boolean listen(Consumer<ExecOutput> listener) {
    this.listener = listener;
    return true;
  }

  @Override
  public void send(ExecRequest request) {
    requests.add(request);
    if (dead) {
      return;
    }
    switch (request) {
      case ExecRequest.Open open when open.command().equals("nonsense") ->
          listener.accept(new Ended(open.session(), "no such command: nonsense"));
      case ExecRequest.Open open -> listener.accept(new Started(open.session()));
      case ExecRequest.Typed typed -> show(typed);
      case ExecRequest.Read _, ExecRequest.Close _, ExecRequest.Refused _ -> {}
    }
  }

  private void show(ExecRequest.Typed typed) {
    for (byte one : typed.bytes()) {
      if (one == 4) {
        listener.accept(new Ended(typed.session(), null, 3));
      } else if (one == 5) {
        listener.accept(new Ended(typed.session(), null));
      } else {
        listener.accept(Shown.of(typed.session(), new byte[] {one}));
      }
    }
  }

  void sayAlive(String session) {
    listener.accept(new ExecOutput.Alive(session));
  }

  /** Shows much at once. */
  void show(String session, byte[] bytes) {
    listener.accept(Shown.of(session, bytes));
  }
}
