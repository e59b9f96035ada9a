package dev.slipway.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The reference of all commands, written from the commands themselves: as Markdown, and as manual
 * pages.
 */
public final class Reference {

  private static final List<String> EVERYWHERE =
      List.of("--help", "--context", "--namespace", "--color");
  private static final List<String> PRINTING =
      List.of("--output", "--columns", "--sort", "--no-trunc");
  private static final List<String> WRITING =
      List.of("--why", "--dry-run", "--yes", "--detach", "--timeout");

  private Reference() {}

  /** A section for each command; those in groups follow their group. */
  public static String markdown(CommandSpec root) {
    var text = new StringBuilder();
    var known = new HashMap<String, String>();
    shown(root).forEach(command -> section(command, text, known));
    return text.toString();
  }

  private static void section(CommandSpec command, StringBuilder text, Map<String, String> known) {
    if (!command.subcommands().isEmpty()) {
      text.append("\n### %s\n\n%s\n".formatted(command.qualifiedName(), description(command)));
      shown(command).forEach(inner -> section(inner, text, known));
      return;
    }
    text.append("\n#### %s\n\n".formatted(synopsis(command)));
    var same = known.putIfAbsent(command.name() + description(command), command.qualifiedName());
    if (same != null) {
      text.append("As `%s`.\n".formatted(same));
      return;
    }
    text.append("%s%s\n".formatted(description(command), shared(command)));
    var rows = new ArrayList<String>();
    command
        .positionalParameters()
        .forEach(one -> rows.add(row(one.paramLabel(), one.description())));
    own(command).forEach(one -> rows.add(row(names(one), one.description())));
    if (!rows.isEmpty()) {
      text.append("\n| | |\n| --- | --- |\n");
      rows.forEach(text::append);
    }
  }

  private static String row(String name, String[] description) {
    return "| `%s` | %s |\n"
        .formatted(name.replace("|", "\\|"), plain(description).replace("|", "\\|"));
  }

  /** Which of the shared options a command has. */
  private static String shared(CommandSpec command) {
    var names = command.optionsMap();
    return (names.containsKey("--columns") ? " Prints." : "")
        + (names.containsKey("--yes") ? " Writes." : "");
  }

  /** Options that belong to this command, rather than to all that print or write. */
  private static List<OptionSpec> own(CommandSpec command) {
    boolean prints = command.optionsMap().containsKey("--columns");
    boolean writes = command.optionsMap().containsKey("--yes");
    return command.options().stream()
        .filter(one -> !EVERYWHERE.contains(one.longestName()))
        .filter(one -> !prints || !PRINTING.contains(one.longestName()))
        .filter(one -> !writes || !WRITING.contains(one.longestName()))
        .toList();
  }

  private static String names(OptionSpec option) {
    var names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String synopsis(CommandSpec command) {
    var words = new StringBuilder(command.qualifiedName());
    for (PositionalParamSpec one : command.positionalParameters()) {
      boolean several = one.arity().max() > 1;
      var label = one.paramLabel() + (several ? "…" : "");
      words.append(' ').append(one.arity().min() == 0 ? "[" + label + "]" : label);
    }
    return words.toString();
  }

  private static List<CommandSpec> shown(CommandSpec group) {
    return group.subcommands().values().stream()
        .map(one -> one.getCommandSpec())
        .filter(one -> !one.usageMessage().hidden())
        .distinct()
        .toList();
  }

  private static String description(CommandSpec command) {
    return plain(command.usageMessage().description());
  }

  private static String plain(String[] lines) {
    return String.join(" ", lines).replace("%%", "%");
  }

  /** Manual pages by their file names: one of all commands, and one for each. */
  public static Map<String, String> pages(CommandSpec root) {
    var pages = new LinkedHashMap<String, String>();
    page(root, pages);
    return pages;
  }

  private static void page(CommandSpec command, Map<String, String> pages) {
    var name = command.qualifiedName("-");
    var text = new StringBuilder();
    text.append(
        ".TH %s 1 \"\" \"Slipway\" \"Slipway Manual\"\n"
            .formatted(roff(name.toUpperCase(java.util.Locale.ROOT))));
    text.append(".SH NAME\n%s \\- %s\n".formatted(roff(name), roff(description(command))));
    text.append(
        ".SH SYNOPSIS\n.B %s\n[OPTIONS]%s\n"
            .formatted(roff(synopsis(command)), command.subcommands().isEmpty() ? "" : " COMMAND"));
    if (!command.positionalParameters().isEmpty()) {
      text.append(".SH ARGUMENTS\n");
      command
          .positionalParameters()
          .forEach(one -> item(one.paramLabel(), plain(one.description()), text));
    }
    text.append(".SH OPTIONS\n");
    command.options().forEach(one -> item(names(one), plain(one.description()), text));
    if (!command.subcommands().isEmpty()) {
      text.append(".SH COMMANDS\n");
      shown(command).forEach(one -> item(one.name(), description(one), text));
    }
    footer(command, text);
    pages.put(name + ".1", text.toString());
    shown(command).forEach(inner -> page(inner, pages));
  }

  private static void footer(CommandSpec command, StringBuilder text) {
    var footer = command.usageMessage().footer();
    if (footer.length > 0) {
      text.append(".SH NOTES\n");
      for (var line : footer) {
        text.append(roff(line)).append("\n.br\n");
      }
    }
  }

  private static void item(String term, String description, StringBuilder text) {
    text.append(".TP\n.B %s\n%s\n".formatted(roff(term), roff(description)));
  }

  private static String roff(String text) {
    var escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
