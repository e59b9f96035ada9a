package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.CommandTree;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway __reference}: the reference of all commands, and their manual pages. */
public final class ReferenceCommand {

  private ReferenceCommand() {}

  public static CommandSpec spec(Environment around) {
    return Definition.of(
            around,
            "__reference",
            "Print the reference, or write manual pages.",
            ReferenceCommand::run)
        .option("--man", "FOLDER", "Write manual pages into this folder.")
        .hidden()
        .spec();
  }

  private static int run(Call call) throws IOException {
    var whole = new CommandLine(new CommandTree(call.environment()).whole()).getCommandSpec();
    var folder = call.text("--man");
    if (folder == null) {
      call.screen().out().print(Reference.markdown(whole));
      return 0;
    }
    var target = call.environment().folder().resolve(folder);
    Files.createDirectories(target);
    for (var page : Reference.pages(whole).entrySet()) {
      Files.writeString(Path.of(target.toString(), page.getKey()), page.getValue());
    }
    return 0;
  }
}
