package vigie.app;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands with their options, in the order of the help, as pages and completions need them.
 *
 * @param commands by path: empty for the program itself, {@code /incident/save} for a command of a
 *     command
 */
record CommandTree(Map<String, CommandSpec> commands) {
    private static final Pattern CHOICES = Pattern.compile("[a-z]+(\\|[a-z]+)+");

    /** All commands of a line that are shown in its help. */
    static CommandTree of(CommandLine line) {
        Map<String, CommandSpec> commands = new LinkedHashMap<>();
        collect("", line, commands);
        return new CommandTree(commands);
    }

    private static void collect(String path, CommandLine line, Map<String, CommandSpec> into) {
        into.put(path, line.getCommandSpec());
        line.getSubcommands()
                .forEach((name, below) -> {
                    if (!below.getCommandSpec().usageMessage().hidden()) {
                        collect(path + "/" + name, below, into);
                    }
                });
    }

    /** The names of the commands directly below one. */
    List<String> below(String path) {
        return commands.keySet().stream()
                .filter(other ->
                        other.startsWith(path + "/") && other.indexOf('/', path.length() + 1) < 0)
                .map(other -> other.substring(path.length() + 1))
                .toList();
    }

    /** A command as it is typed. */
    static String typed(String path) {
        return "vigie" + path.replace('/', ' ');
    }

    /** A command's options by their longest names. */
    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList();
    }

    /**
     * The longest names of the options that every command has; those that only answer that they are
     * elsewhere, and have no settings, do not count.
     */
    Set<String> common() {
        return commands.values().stream()
                .map(CommandTree::names)
                .filter(names -> names.contains("--config"))
                .reduce((some, others) -> {
                    Set<String> both = new TreeSet<>(some);
                    both.retainAll(others);
                    return both;
                })
                .orElseGet(TreeSet::new);
    }

    private static Set<String> names(CommandSpec command) {
        return options(command).stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What an option or argument says of itself, on one line. */
    static String description(ArgSpec argument) {
        return oneLine(argument.description());
    }

    /** What a command says of itself, on one line. */
    static String header(CommandSpec command) {
        return oneLine(command.usageMessage().header());
    }

    private static String oneLine(String[] lines) {
        return Arrays.stream(lines)
                .map(line -> String.format(line).strip())
                .collect(Collectors.joining(" "));
    }

    /** Whether a value follows. */
    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** The words that an option allows; empty where it takes others. */
    static List<String> choices(ArgSpec argument) {
        String label = argument.paramLabel();
        return CHOICES.matcher(label).matches() ? List.of(label.split("\\|", -1)) : List.of();
    }

    /** Whether the value is a file's name. */
    static boolean isFile(ArgSpec argument) {
        return argument.type() == Path.class
                || argument.auxiliaryTypes()[0] == Path.class
                || argument.paramLabel().contains("FILE");
    }
}
