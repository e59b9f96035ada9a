package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A new event, command or report must not be ignored by accident: javac names each switch over a
 * sealed type that lacks it, unless the switch has a default.
 */
class SealedSwitchTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void everySwitchOverASealedTypeNamesEachCase() throws IOException {
    var sources = sources();
    assertThat(sources).hasSizeGreaterThan(500);
    assertThat(findings(sources)).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (var modules = Files.list(ROOT)) {
      var sources = new ArrayList<Path>();
      for (var module : modules.map(one -> one.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (var files = Files.walk(module)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
      return sources;
    }
  }

  private static List<String> findings(List<Path> sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var inputs = files.getJavaFileObjectsFromPaths(sources);
      var task = (JavacTask) compiler.getTask(null, files, null, null, null, inputs);
      var units = new ArrayList<CompilationUnitTree>();
      task.parse().forEach(units::add);
      var sealed = new SealedTypes();
      units.forEach(unit -> sealed.scan(unit, null));
      var positions = Trees.instance(task).getSourcePositions();
      var findings = new ArrayList<String>();
      units.forEach(
          unit -> new Decisions(positions, sealed.parents, unit, findings).scan(unit, null));
      return findings;
    }
  }

  private static String name(Tree type) {
    return switch (type) {
      case MemberSelectTree member -> member.getIdentifier().toString();
      case ParameterizedTypeTree generic -> name(generic.getType());
      default -> type.toString();
    };
  }

  /** Finds the sealed parents of each permitted type, by simple name. */
  private static final class SealedTypes extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final Map<String, Set<String>> parents = new HashMap<>();
    private final Map<String, Set<String>> childrenInUnit = new HashMap<>();
    private final Set<String> sealed = new HashSet<>();

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, @Nullable Void none) {
      childrenInUnit.clear();
      sealed.clear();
      super.visitCompilationUnit(unit, null);
      for (var parent : sealed) {
        for (var child : childrenInUnit.getOrDefault(parent, Set.of())) {
          parents.computeIfAbsent(child, _ -> new HashSet<>()).add(parent);
        }
      }
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
      var name = type.getSimpleName().toString();
      if (type.getModifiers().getFlags().contains(Modifier.SEALED)) {
        sealed.add(name);
        type.getPermitsClause().forEach(child -> add(name, name(child)));
      }
      type.getImplementsClause().forEach(parent -> add(name(parent), name));
      if (type.getExtendsClause() != null) {
        add(name(type.getExtendsClause()), name);
      }
      return super.visitClass(type, null);
    }

    private void add(String parent, String child) {
      childrenInUnit.computeIfAbsent(parent, _ -> new HashSet<>()).add(child);
    }
  }

  /** Finds switches with a default, and methods that test one value for several permitted types. */
  private static final class Decisions extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final SourcePositions positions;
    private final Map<String, Set<String>> parents;
    private final CompilationUnitTree unit;
    private final List<String> findings;

    Decisions(
        SourcePositions positions,
        Map<String, Set<String>> parents,
        CompilationUnitTree unit,
        List<String> findings) {
      this.positions = positions;
      this.parents = parents;
      this.unit = unit;
      this.findings = findings;
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree one, @Nullable Void none) {
      check(one, one.getCases());
      return super.visitSwitch(one, null);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree one, @Nullable Void none) {
      check(one, one.getCases());
      return super.visitSwitchExpression(one, null);
    }

    private void check(Tree tree, List<? extends CaseTree> cases) {
      var labels = cases.stream().flatMap(one -> one.getLabels().stream()).toList();
      boolean open = labels.stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
      var types =
          labels.stream()
              .filter(PatternCaseLabelTree.class::isInstance)
              .map(label -> type(((PatternCaseLabelTree) label).getPattern()))
              .filter(parents::containsKey)
              .toList();
      if (open && !types.isEmpty()) {
        report(tree, "has a default beside " + types);
      }
    }

    private static String type(PatternTree pattern) {
      return switch (pattern) {
        case DeconstructionPatternTree record -> name(record.getDeconstructor());
        case BindingPatternTree binding -> name(binding.getVariable().getType());
        default -> pattern.toString();
      };
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
      var tested = new HashMap<String, Set<String>>();
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitInstanceOf(InstanceOfTree test, @Nullable Void nothing) {
          var type = test.getPattern() == null ? name(test.getType()) : type(test.getPattern());
          if (isEvent(type)) {
            tested.computeIfAbsent(test.getExpression().toString(), _ -> new TreeSet<>()).add(type);
          }
          return super.visitInstanceOf(test, null);
        }
      }.scan(method, null);
      tested.forEach(
          (value, types) -> {
            if (types.size() > 1) {
              report(method, "tests %s for %s; use a switch".formatted(value, types));
            }
          });
      return super.visitMethod(method, null);
    }

    private boolean isEvent(String type) {
      return parents.getOrDefault(type, Set.of()).stream()
          .anyMatch(parent -> parent.endsWith("Event"));
    }

    private void report(Tree tree, String what) {
      var position = positions.getStartPosition(unit, tree);
      findings.add(
          "%s:%d %s"
              .formatted(
                  unit.getSourceFile().getName(), unit.getLineMap().getLineNumber(position), what));
    }
  }
}
