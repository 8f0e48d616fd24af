package vigie.app;

import java.util.Arrays;
import java.util.List;

/**
 * Which command the words of a call name, known before they are parsed: what is known so early may
 * be started early.
 *
 * @param name as it was called, such as {@code console}; empty where no command is named or it is
 *     not plain which
 * @param words those after the name
 */
record CalledCommand(String name, List<String> words) {
    /** They end at once, or draw in memory. */
    private static final List<String> WITHOUT_WINDOW =
            List.of("--screenshot", "--film", "--help", "-h", "--version", "-V");

    /**
     * Reads the name: the first word, after the only option that the parent of all commands has.
     */
    static CalledCommand of(String[] args) {
        int at = 0;
        if (args.length > 1 && args[0].equals("--lang")) {
            at = 2;
        } else if (args.length > 0 && args[0].startsWith("--lang=")) {
            at = 1;
        }
        List<String> rest = Arrays.asList(args).subList(at, args.length);
        return rest.isEmpty() || rest.getFirst().startsWith("-")
                ? new CalledCommand("", List.of())
                : new CalledCommand(rest.getFirst(), rest.subList(1, rest.size()));
    }

    /** Whether a window is sure to be wanted, unless the words turn out to be wrong. */
    boolean opensWindow() {
        return name.equals("console")
                && words.stream()
                        .noneMatch(word -> WITHOUT_WINDOW.stream().anyMatch(word::startsWith));
    }
}
