package dev.slipway.command.stack;

import dev.slipway.command.stack.StackCommand.OperateStack;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.RedeployService;
import dev.slipway.model.service.ServiceCommand.ScaleService;
import dev.slipway.model.service.ServiceCommand.StartService;
import dev.slipway.model.service.ServiceCommand.StopService;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.Stack;
import java.time.Instant;

/**
 * What a stack asks of its services. The action of each follows from the stack's action and the
 * service, so that asking again asks nothing new.
 */
final class ServiceWishes {

  private ServiceWishes() {}

  static CreateService create(Asked asked, Stack stack, DefinedService planned) {
    return new CreateService(
        planned.service(),
        of(asked, stack, "Service Create", planned.service()),
        planned.definition(),
        stack.ref());
  }

  static UpdateService update(
      Asked asked, Stack stack, ServiceId service, ServiceDefinition changes) {
    return new UpdateService(service, of(asked, stack, "Service Update", service), changes);
  }

  static TerminateService terminate(Asked asked, Stack stack, ServiceId service, Instant deadline) {
    return new TerminateService(service, of(asked, stack, "Service Terminate", service), deadline);
  }

  static ServiceCommand.UserCommand operate(OperateStack operate, Stack stack, ServiceId service) {
    var kind = operate.kind();
    var name = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(java.util.Locale.ROOT);
    var asked = of(operate.asked(), stack, "Service " + name, service);
    var deadline = operate.deadline();
    return switch (kind) {
      case START -> new StartService(service, asked, deadline);
      case STOP -> new StopService(service, asked, deadline);
      case SCALE -> new ScaleService(service, asked, deadline);
      case REDEPLOY -> new RedeployService(service, asked, deadline, operate.reuseVolumes());
      case TERMINATE -> new TerminateService(service, asked, deadline);
    };
  }

  private static Asked of(Asked asked, Stack stack, String name, ServiceId service) {
    var request = asked.request();
    return new Asked(
        new ActionId(Uuids.derived("%s/%s".formatted(asked.action(), service))),
        new ActionRequest(
            request.namespace(),
            name,
            ResourceUri.of(stack.namespace(), service),
            request.method(),
            request.path(),
            "",
            request.origin()));
  }
}
