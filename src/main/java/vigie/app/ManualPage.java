package vigie.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import vigie.text.Words;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The manual page {@code vigie(1)}, in roff, from the same words as the help. */
final class ManualPage {
    private final CommandTree tree;
    private final Words words;
    private final StringBuilder roff = new StringBuilder(1 << 15);

    private ManualPage(CommandTree tree, Words words) {
        this.tree = tree;
        this.words = words;
    }

    /**
     * Writes the page.
     *
     * @param tree the commands, their help in the language of {@code words}
     * @param version the program's
     */
    static String of(CommandTree tree, Words words, String version) {
        return new ManualPage(tree, words).write(version);
    }

    private String write(String version) {
        line(".TH VIGIE 1 \"\" \"Vigie " + text(version) + "\" \"" + say("manual.title") + "\"");
        section("manual.name");
        line("vigie \\- " + say("manual.purpose"));
        section("manual.synopsis");
        line(
                "\\fBvigie\\fR \\fI"
                        + say("manual.command")
                        + "\\fR [\\fI"
                        + say("manual.option")
                        + "\\fR ...] [\\fI"
                        + say("manual.argument")
                        + "\\fR ...]");
        section("manual.description");
        paragraph("manual.what");
        paragraph("manual.begin");
        section("manual.commands");
        Set<String> common = tree.common();
        for (Map.Entry<String, CommandSpec> entry : tree.commands().entrySet()) {
            if (!entry.getKey().isEmpty()) {
                command(entry.getKey(), entry.getValue(), common);
            }
        }
        section("manual.common");
        tree.commands().values().stream()
                .filter(command -> command.optionsMap().keySet().containsAll(common))
                .findFirst()
                .ifPresent(any -> options(any, common, true));
        section("manual.exit");
        for (int code = 0; code <= 4; code++) {
            item("\\fB" + code + "\\fR", say("manual.exit." + code));
        }
        section("manual.environment");
        for (String name :
                List.of("MARIADB_URL", "VIGIE_DB_URL", "VIGIE_PLAN", "VIGIE_AS", "VIGIE_LOG")) {
            item("\\fB" + name + "\\fR", say("manual.environment." + name));
        }
        section("manual.files");
        for (String name : List.of("own", "system", "state", "guide")) {
            item(
                    "\\fI" + say("manual.files." + name + ".path") + "\\fR",
                    say("manual.files." + name));
        }
        section("manual.example");
        line(".nf");
        line("vigie doctor \\-\\-db\\-url mysql://vigie@database:3306/homeassistant");
        line("vigie history sensor.rack_a1_inlet_top \\-\\-from now\\-36h");
        line("vigie console \\-\\-screenshot room.png");
        line(".fi");
        return roff.toString();
    }

    private void command(String path, CommandSpec command, Set<String> common) {
        line(".SS \"" + text(CommandTree.typed(path)) + arguments(command) + "\"");
        line(text(CommandTree.header(command)));
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (!parameter.hidden()) {
                item(
                        "\\fI" + text(parameter.paramLabel()) + "\\fR",
                        text(CommandTree.description(parameter)));
            }
        }
        options(command, common, false);
    }

    private static String arguments(CommandSpec command) {
        return command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .map(parameter -> {
                    String label =
                            text(parameter.paramLabel())
                                    + (parameter.arity().max() > 1 ? " ..." : "");
                    return parameter.arity().min() == 0 ? " [" + label + "]" : " " + label;
                })
                .collect(Collectors.joining());
    }

    private void options(CommandSpec command, Set<String> common, boolean isCommon) {
        for (OptionSpec option : CommandTree.options(command)) {
            if (common.contains(option.longestName()) == isCommon) {
                String names =
                        Arrays.stream(option.names())
                                .sorted(Comparator.comparingInt(String::length))
                                .map(name -> "\\fB" + text(name) + "\\fR")
                                .collect(Collectors.joining(", "));
                String value =
                        CommandTree.takesValue(option)
                                ? " \\fI" + text(option.paramLabel()) + "\\fR"
                                : "";
                item(names + value, text(CommandTree.description(option)));
            }
        }
    }

    private void section(String key) {
        line(".SH \"" + say(key) + "\"");
    }

    private void paragraph(String key) {
        line(".PP");
        line(say(key));
    }

    private void item(String term, String meaning) {
        line(".TP");
        line(term);
        line(meaning);
    }

    private void line(String line) {
        roff.append(line).append('\n');
    }

    private String say(String key) {
        return text(words.say(key));
    }

    /** Text that roff prints as it is; a hyphen stays one that a reader may copy into a shell. */
    static String text(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
