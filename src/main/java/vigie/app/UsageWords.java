package vigie.app;

import picocli.CommandLine;

import vigie.text.Words;

import java.util.List;

/** Says in one line what is wrong with the words of a call. */
final class UsageWords {
    /** The message by which {@link VigieCommand} says that no command was named. */
    static final String NO_COMMAND = "vigie: no command";

    private UsageWords() {}

    static String explain(CommandLine.ParameterException wrong, Words words) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        if (wrong.getMessage() != null && wrong.getMessage().equals(NO_COMMAND)) {
            return words.say("app.usage.noCommand", names(wrong.getCommandLine()));
        }
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            boolean isCommandExpected =
                    wrong.getCommandLine().getParent() == null && !word.startsWith("-");
            return isCommandExpected
                    ? words.say("app.usage.unknownCommand", word, names(wrong.getCommandLine()))
                    : words.say("app.usage.unknownWord", word, command);
        }
        if (wrong instanceof CommandLine.MissingParameterException missing) {
            String names =
                    missing.getMissing().stream()
                            .map(argument ->
                                    argument.isOption()
                                            ? ((CommandLine.Model.OptionSpec) argument)
                                                    .longestName()
                                            : argument.paramLabel())
                            .distinct()
                            .collect(java.util.stream.Collectors.joining(", "));
            return words.say("app.usage.missing", names, command);
        }
        CommandLine.Model.ArgSpec argument = wrong.getArgSpec();
        if (argument != null) {
            String name =
                    argument.isOption()
                            ? ((CommandLine.Model.OptionSpec) argument).longestName()
                            : argument.paramLabel();
            String value = wrong.getValue();
            return words.say(
                    "app.usage.wrongValue",
                    value == null ? "" : value,
                    name,
                    argument.paramLabel(),
                    command);
        }
        return words.say("app.usage.other", command);
    }

    private static String names(CommandLine line) {
        List<String> names =
                line.getSubcommands().entrySet().stream()
                        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
                        .map(java.util.Map.Entry::getKey)
                        .sorted()
                        .toList();
        return String.join(", ", names);
    }
}
