package vigie.history.export;

import java.util.regex.Pattern;

/** A text as a cell of a CSV file. */
final class Cell {
    /** A spreadsheet takes these as numbers, and they are. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

    /** What begins a formula, also in full width; a tab or an end of line may hide one. */
    private static final String BEGINNINGS = "[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20]";

    private static final String HIDING = "[\\s\\p{Z}\"'\\uFEFF]*+";

    private static final Pattern FORMULA =
            Pattern.compile("(?s)(?:[\\t\\r\\n]|" + HIDING + BEGINNINGS + ").*");

    /**
     * Where the spreadsheet's own language separates by semicolons, quotes do not keep a cell
     * together: a formula may begin inside of it.
     */
    private static final Pattern INNER =
            Pattern.compile("([;\\t\\r\\n])(?=" + HIDING + BEGINNINGS + ")");

    private Cell() {}

    /**
     * The cell: quoted where it must be, with an apostrophe before what a spreadsheet would run.
     */
    static String text(String text) {
        String safe = harmless(text);
        boolean quoted =
                safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                        || !safe.equals(safe.strip());
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static String harmless(String text) {
        if (NUMBER.matcher(text).matches()) {
            return text;
        }
        String inner = INNER.matcher(text).replaceAll("$1'");
        return FORMULA.matcher(text).matches() ? "'" + inner : inner;
    }
}
