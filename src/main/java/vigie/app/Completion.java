package vigie.app;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What shells need to complete a call: scripts for bash, zsh and fish. picocli could write one for
 * bash; it is ten times as long, proposes words as they are in the code (EN), and takes a value for
 * a command ({@code vigie demo --plan plan}).
 */
final class Completion {
    private final CommandTree tree;
    private final StringBuilder script = new StringBuilder(1 << 14);

    private Completion(CommandTree tree) {
        this.tree = tree;
    }

    /** For {@code /usr/share/bash-completion/completions/vigie}. */
    static String bash(CommandTree tree) {
        return new Completion(tree).bash();
    }

    /** For {@code /usr/share/zsh/vendor-completions/_vigie}. */
    static String zsh(CommandTree tree) {
        return new Completion(tree).zsh();
    }

    /** For {@code /usr/share/fish/vendor_completions.d/vigie.fish}. */
    static String fish(CommandTree tree) {
        return new Completion(tree).fish();
    }

    private String bash() {
        script.append(
                """
                # Completion of vigie(1) for bash; made from the program's own commands.
                _vigie() {
                    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
                    local path= word words= files= i
                    if [[ $current == = ]]; then
                        current=
                    elif [[ $before == = ]]; then
                        before=${COMP_WORDS[COMP_CWORD - 2]}
                    fi
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        word=${COMP_WORDS[i]}
                        case $path/$word in
                """);
        script.append("            ")
                .append(
                        tree.commands().keySet().stream()
                                .filter(path -> !path.isEmpty())
                                .collect(Collectors.joining(" | ")))
                .append(") path=$path/$word ;;\n            ")
                .append(
                        tree.commands().entrySet().stream()
                                .flatMap(entry ->
                                        valued(entry.getValue())
                                                .map(name -> entry.getKey() + "/" + name))
                                .collect(Collectors.joining(" | ")))
                .append(
                        ") if [[ ${COMP_WORDS[i + 1]} == = ]]; then ((i += 2)); else ((i++)); fi ;;\n")
                .append("        esac\n    done\n    case $path in\n");
        for (Map.Entry<String, CommandSpec> entry : tree.commands().entrySet()) {
            script.append("        \"").append(entry.getKey()).append("\")\n");
            script.append("            words=\"")
                    .append(
                            Stream.concat(
                                            tree.below(entry.getKey()).stream(),
                                            names(entry.getValue()))
                                    .collect(Collectors.joining(" ")))
                    .append("\"\n");
            if (isFileWanted(entry.getValue())) {
                script.append("            files=yes\n");
            }
            script.append("            case $before in\n");
            for (OptionSpec option : CommandTree.options(entry.getValue())) {
                if (CommandTree.takesValue(option)) {
                    script.append("                ")
                            .append(String.join(" | ", option.names()))
                            .append(") words=\"")
                            .append(String.join(" ", CommandTree.choices(option)))
                            .append("\" files=")
                            .append(CommandTree.isFile(option) ? "yes" : "")
                            .append(" ;;\n");
                }
            }
            script.append("            esac\n            ;;\n");
        }
        script.append(
                """
                    esac
                    if [[ -n $files && $current != -* ]]; then
                        compopt -o filenames
                        local IFS=$'\\n'
                        COMPREPLY=($(compgen -f -- "$current"))
                    else
                        COMPREPLY=($(compgen -W "$words" -- "$current"))
                    fi
                }
                complete -F _vigie vigie
                """);
        return script.toString();
    }

    private String zsh() {
        script.append("#compdef vigie\n# Made from the program's own commands.\n\n");
        for (Map.Entry<String, CommandSpec> entry : tree.commands().entrySet()) {
            List<String> below = tree.below(entry.getKey());
            script.append(function(entry.getKey())).append("() {\n");
            if (!below.isEmpty()) {
                script.append("    local -a commands=(\n");
                for (String name : below) {
                    CommandSpec command = command(entry.getKey() + "/" + name);
                    script.append("        ")
                            .append(quoted(name + ":" + CommandTree.header(command)))
                            .append('\n');
                }
                script.append("    )\n    local curcontext=$curcontext state line\n");
            }
            script.append("    _arguments -C -S");
            for (OptionSpec option : CommandTree.options(entry.getValue())) {
                for (String name : option.names()) {
                    script.append(" \\\n        ").append(quoted(zshOption(option, name)));
                }
            }
            if (!below.isEmpty()) {
                script.append(
                        " \\\n        '1:command:->command' \\\n        '*::argument:->argument'");
            } else if (isFileWanted(entry.getValue())) {
                script.append(" \\\n        '*:file:_files'");
            } else if (!entry.getValue().positionalParameters().isEmpty()) {
                script.append(" \\\n        '*:argument: '");
            }
            script.append('\n');
            if (!below.isEmpty()) {
                script.append(
                                "    case $state in\n        command) _describe command commands ;;\n")
                        .append("        argument)\n            case $line[1] in\n");
                for (String name : below) {
                    script.append("                ")
                            .append(name)
                            .append(") ")
                            .append(function(entry.getKey() + "/" + name))
                            .append(" ;;\n");
                }
                script.append("            esac\n            ;;\n    esac\n");
            }
            script.append("}\n\n");
        }
        return script.append("_vigie \"$@\"\n").toString();
    }

    private static String zshOption(OptionSpec option, String name) {
        String meaning =
                CommandTree.description(option)
                        .replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("]", "\\]")
                        .replace(":", "\\:");
        String text = name + (CommandTree.takesValue(option) && name.startsWith("--") ? "=" : "");
        text = (option.isMultiValue() ? "*" : "") + text + "[" + meaning + "]";
        if (!CommandTree.takesValue(option)) {
            return text;
        }
        List<String> choices = CommandTree.choices(option);
        String label = option.paramLabel().replace(":", "\\:");
        String values =
                !choices.isEmpty()
                        ? "(" + String.join(" ", choices) + ")"
                        : CommandTree.isFile(option) ? "_files" : " ";
        return text + ":" + label + ":" + values;
    }

    private String fish() {
        script.append(
                """
                # Completion of vigie(1) for fish; made from the program's own commands.
                function __vigie_at
                    set -l path ""
                    for word in (commandline -opc)[2..]
                        contains -- "$path/$word" $__vigie_commands; and set path "$path/$word"
                    end
                    test "$path" = "$argv[1]"
                end
                set -g __vigie_commands\
                """);
        tree.commands().keySet().stream()
                .filter(path -> !path.isEmpty())
                .forEach(path -> script.append(' ').append(path));
        script.append("\ncomplete -c vigie -f\n");
        for (Map.Entry<String, CommandSpec> entry : tree.commands().entrySet()) {
            String begin = "complete -c vigie -n '__vigie_at \"" + entry.getKey() + "\"'";
            for (String name : tree.below(entry.getKey())) {
                CommandSpec command = command(entry.getKey() + "/" + name);
                script.append(begin)
                        .append(" -a ")
                        .append(name)
                        .append(" -d ")
                        .append(quoted(CommandTree.header(command)))
                        .append('\n');
            }
            if (isFileWanted(entry.getValue())) {
                script.append(begin).append(" -F\n");
            }
            for (OptionSpec option : CommandTree.options(entry.getValue())) {
                script.append(begin);
                for (String name : option.names()) {
                    script.append(name.startsWith("--") ? " -l " : " -s ")
                            .append(name.replaceFirst("^-+", ""));
                }
                script.append(" -d ").append(quoted(CommandTree.description(option)));
                if (CommandTree.takesValue(option)) {
                    List<String> choices = CommandTree.choices(option);
                    if (!choices.isEmpty()) {
                        script.append(" -x -a '").append(String.join(" ", choices)).append('\'');
                    } else {
                        script.append(CommandTree.isFile(option) ? " -r -F" : " -x");
                    }
                }
                script.append('\n');
            }
        }
        return script.toString();
    }

    private CommandSpec command(String path) {
        CommandSpec command = tree.commands().get(path);
        if (command == null) {
            throw new IllegalArgumentException("no command " + path);
        }
        return command;
    }

    private static String function(String path) {
        return "_vigie" + path.replace('/', '_');
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static Stream<String> names(CommandSpec command) {
        return CommandTree.options(command).stream()
                .flatMap(option -> Arrays.stream(option.names()));
    }

    private static Stream<String> valued(CommandSpec command) {
        return CommandTree.options(command).stream()
                .filter(CommandTree::takesValue)
                .flatMap(option -> Arrays.stream(option.names()));
    }

    private static boolean isFileWanted(CommandSpec command) {
        return command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .map(PositionalParamSpec.class::cast)
                .map(ArgSpec.class::cast)
                .anyMatch(CommandTree::isFile);
    }
}
