package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Describes a command: its options, its arguments and what it does. Built by hand, since reflection
 * doubles the start.
 */
public final class Definition {

  /** The code that runs a command. */
  @FunctionalInterface
  public interface Action {
    /** The exit code. */
    int run(Call call) throws Exception;
  }

  private final CommandSpec spec;
  private final Environment environment;
  private int arguments;

  private Definition(CommandSpec spec, Environment environment) {
    this.spec = spec;
    this.environment = environment;
  }

  /** A command that does something. */
  public static Definition of(
      Environment environment, String name, String description, Action action) {
    var holder = new ArrayList<CommandSpec>(1);
    Callable<Integer> run =
        () -> action.run(new Call(holder.getFirst().commandLine(), environment));
    var spec = CommandSpec.wrapWithoutInspection(run);
    holder.add(spec);
    var definition = new Definition(describe(spec, name, description), environment);
    definition.flag("-h,--help", "Show this help.");
    definition.option("--context", "NAME", "The Slipway to ask; slipway context ls lists them.");
    definition.option("-n,--namespace", "NAME", "The namespace; yours if not given.");
    definition.option(
        "--color", "WHEN", "Colours: auto, always or never. NO_COLOR turns them off too.");
    return definition;
  }

  /** A command that has other commands. */
  public static CommandSpec group(String name, String description, List<CommandSpec> commands) {
    Runnable nothing = () -> {};
    var spec = describe(CommandSpec.wrapWithoutInspection(nothing), name, description);
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    commands.forEach(command -> spec.addSubcommand(command.name(), command));
    return spec;
  }

  private static CommandSpec describe(CommandSpec spec, String name, String description) {
    spec.name(name);
    spec.usageMessage()
        .description(description)
        .abbreviateSynopsis(true)
        .width(80)
        .sortOptions(false)
        .optionListHeading("%nOptions:%n")
        .parameterListHeading("%nArguments:%n")
        .commandListHeading("%nCommands:%n");
    return spec;
  }

  public Definition flag(String names, String description) {
    var help = names.contains("--help");
    spec.addOption(
        OptionSpec.builder(names.split(",", -1))
            .type(boolean.class)
            .usageHelp(help)
            .description(literal(description))
            .build());
    return this;
  }

  public Definition option(String names, String label, String description) {
    spec.addOption(
        OptionSpec.builder(names.split(",", -1))
            .type(String.class)
            .paramLabel(label)
            .description(literal(description))
            .build());
    return this;
  }

  /** An option that may be given several times. */
  public Definition options(String names, String label, String description) {
    spec.addOption(
        OptionSpec.builder(names.split(",", -1))
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel(label)
            .description(literal(description))
            .build());
    return this;
  }

  public Definition argument(String label, String description) {
    return argument(label, description, "1");
  }

  public Definition optionalArgument(String label, String description) {
    return argument(label, description, "0..1");
  }

  private Definition argument(String label, String description, String arity) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(String.valueOf(arguments++))
            .arity(arity)
            .required(!arity.startsWith("0"))
            .type(String.class)
            .paramLabel(label)
            .description(literal(description))
            .build());
    return this;
  }

  /** All arguments that are left, at least so many. */
  public Definition arguments(String label, String description, int least) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(arguments++ + "..*")
            .arity(least + "..*")
            .required(least > 0)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .description(literal(description))
            .build());
    return this;
  }

  /** Words after the arguments belong to another program. */
  public Definition stopsAtArguments() {
    spec.parser().stopAtPositional(true);
    return this;
  }

  /** The command prints a list or an object. */
  public Definition prints() {
    return option("-o,--output", "FORMAT", "How to print: table, wide, json or name.")
        .option("--columns", "NAMES", "Columns to show, such as name,state.")
        .option("--sort", "COLUMN", "Column to sort by.")
        .flag("--no-trunc", "Print whole texts, however wide the terminal is.");
  }

  public Definition watches() {
    return flag("-w,--watch", "Print again whenever something changes; Ctrl-C ends it.");
  }

  /** The command changes something. */
  public Definition writes() {
    return option("--why", "TEXT", "The reason, kept in the history.")
        .flag("--dry-run", "Show what would happen and change nothing.")
        .flag("-y,--yes", "Do not ask.")
        .flag("-d,--detach", "Do not wait for the end.")
        .option(
            "--timeout", "SPAN", "How long to wait for the end (10m); the work goes on after it.");
  }

  public Definition footer(String... lines) {
    spec.usageMessage().footer(lines);
    return this;
  }

  public Definition hidden() {
    spec.usageMessage().hidden(true);
    return this;
  }

  public CommandSpec spec() {
    return spec;
  }

  Environment environment() {
    return environment;
  }

  private static String literal(String description) {
    return description.replace("%", "%%");
  }
}
