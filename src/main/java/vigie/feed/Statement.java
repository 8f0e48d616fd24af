package vigie.feed;

import vigie.recorder.RecorderTable;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a QUERY event's text means to us. The text itself may hold what nobody may read (values,
 * passwords) and goes no further than this class.
 */
sealed interface Statement {
    /** Ends a group; its rows count. */
    record Commit() implements Statement {}

    /** Ends a group; its rows do not count. */
    record Rollback() implements Statement {}

    /** Marks a place in a group. */
    record Savepoint(String name) implements Statement {}

    /** What came after the mark does not count. */
    record RollbackTo(String name) implements Statement {}

    /**
     * Ends a transaction that was prepared earlier.
     *
     * @param xid as {@link #xid} makes it
     */
    record XaEnd(String xid, boolean commit) implements Statement {}

    /**
     * May have moved columns of these tables.
     *
     * @param columns whether it names columns to be added, changed or dropped, as a migration of
     *     Home Assistant does; an index alone does not
     */
    record Altered(Set<RecorderTable> tables, boolean columns) implements Statement {}

    /** Took rows away or put others in place, without row events: only a new snapshot helps. */
    record Rewritten(String verb, RecorderTable table) implements Statement {}

    /** Says nothing of our tables. */
    record Other() implements Statement {}

    /** The longest beginning of a text that is looked at; names stand at the front. */
    int LOOKED_AT = 65_536;

    Pattern LEADING =
            Pattern.compile("\\A(?:\\s+|/\\*.*?\\*/|--[^\\n]*\\n|#[^\\n]*\\n)+", Pattern.DOTALL);
    Pattern SET_STATEMENT = Pattern.compile("\\ASET\\s+STATEMENT\\s.*?\\sFOR\\s+", Pattern.DOTALL);
    Pattern WORD = Pattern.compile("\\A[A-Za-z]+");
    Pattern SAVEPOINT = Pattern.compile("\\ASAVEPOINT\\s+(.+)\\z", Pattern.DOTALL);
    Pattern ROLLBACK_TO =
            Pattern.compile(
                    "\\AROLLBACK\\s+(?:WORK\\s+)?TO\\s+(?:SAVEPOINT\\s+)?(.+)\\z", Pattern.DOTALL);
    Pattern XA_END =
            Pattern.compile(
                    "\\AXA\\s+(COMMIT|ROLLBACK)\\s+X'([0-9A-F]*)'\\s*,\\s*X'([0-9A-F]*)'\\s*,\\s*(\\d+).*",
                    Pattern.DOTALL);
    Pattern INDEX =
            Pattern.compile(
                    "\\A(?:CREATE|DROP)\\s+(?:\\w+\\s+)*?(?:INDEX|KEY)\\b.*", Pattern.DOTALL);
    Pattern TEMPORARY = Pattern.compile("\\A(?:CREATE|DROP)\\s+TEMPORARY\\b.*", Pattern.DOTALL);
    Pattern DATABASE = Pattern.compile("\\ADROP\\s+(?:DATABASE|SCHEMA)\\b.*", Pattern.DOTALL);
    Pattern TABLE =
            Pattern.compile(
                    "\\A\\w+\\s+(?:OR\\s+REPLACE\\s+)?(?:TABLE\\b|(?:\\w+\\s+)*?(?:INDEX|KEY)\\b).*",
                    Pattern.DOTALL);
    Pattern OR_REPLACE = Pattern.compile("\\ACREATE\\s+OR\\s+REPLACE\\b.*", Pattern.DOTALL);

    /**
     * What an ALTER TABLE does to columns; it adds and drops indexes and keys by the same verbs.
     */
    Pattern COLUMNS =
            Pattern.compile(
                    "\\b(?:MODIFY|CHANGE|CONVERT|COLUMN)\\b|\\b(?:ADD|DROP)\\s+(?!(?:INDEX|KEY|UNIQUE"
                            + "|PRIMARY|FOREIGN|CONSTRAINT|FULLTEXT|SPATIAL|CHECK|PARTITION)\\b)");

    /** The identity of a distributed transaction. */
    static String xid(String gtridHex, String bqualHex, String format) {
        return gtridHex + "," + bqualHex + "," + format;
    }

    /**
     * Reads a statement.
     *
     * @param database the default database it ran in
     * @param sql its text
     * @param ours the recorder's database
     */
    static Statement of(String database, String sql, String ours) {
        String head = sql.length() > LOOKED_AT ? sql.substring(0, LOOKED_AT) : sql;
        String text = LEADING.matcher(head).replaceFirst("").toUpperCase(Locale.ROOT).strip();
        text = SET_STATEMENT.matcher(text).replaceFirst("");
        Matcher first = WORD.matcher(text);
        String verb = first.find() ? first.group() : "";
        return switch (verb) {
            case "COMMIT" -> new Commit();
            case "ROLLBACK" -> rollback(text);
            case "SAVEPOINT" -> {
                Matcher savepoint = SAVEPOINT.matcher(text);
                yield savepoint.matches() ? new Savepoint(savepoint.group(1)) : new Other();
            }
            case "XA" -> xaEnd(text);
            case "ALTER", "RENAME", "DROP", "CREATE", "TRUNCATE" ->
                    ddl(verb, text, concerned(database, text, ours), ours);
            case "INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "WITH", "CALL" ->
                    concerned(database, text, ours).stream()
                            .findFirst()
                            .<Statement>map(table -> new Rewritten(verb, table))
                            .orElseGet(Other::new);
            default -> new Other();
        };
    }

    private static Statement rollback(String text) {
        Matcher to = ROLLBACK_TO.matcher(text);
        return to.matches() ? new RollbackTo(to.group(1)) : new Rollback();
    }

    private static Statement xaEnd(String text) {
        Matcher end = XA_END.matcher(text);
        return end.matches()
                ? new XaEnd(
                        xid(end.group(2), end.group(3), end.group(4)),
                        "COMMIT".equals(end.group(1)))
                : new Other();
    }

    private static Statement ddl(
            String verb, String text, Set<RecorderTable> concerned, String ours) {
        if (DATABASE.matcher(text).matches()) {
            return mentions(text, ours) ? new Rewritten(verb, RecorderTable.STATES) : new Other();
        }
        if (concerned.isEmpty()
                || TEMPORARY.matcher(text).matches()
                || (!"TRUNCATE".equals(verb) && !TABLE.matcher(text).matches())) {
            return new Other();
        }
        boolean rewrites =
                switch (verb) {
                    case "TRUNCATE", "RENAME" -> true;
                    case "DROP" -> !INDEX.matcher(text).matches();
                    case "CREATE" ->
                            OR_REPLACE.matcher(text).matches() && !INDEX.matcher(text).matches();
                    default -> text.contains(" PARTITION") && text.contains("TRUNCATE");
                };
        return rewrites
                ? new Rewritten(verb, concerned.iterator().next())
                : new Altered(concerned, changesColumns(verb, text));
    }

    private static boolean changesColumns(String verb, String text) {
        return switch (verb) {
            case "CREATE" -> !INDEX.matcher(text).matches();
            case "ALTER" -> COLUMNS.matcher(text).find();
            default -> false;
        };
    }

    /** The tables of ours that a text names; it names ours if it runs there or says so. */
    private static Set<RecorderTable> concerned(String database, String text, String ours) {
        Set<RecorderTable> concerned = EnumSet.noneOf(RecorderTable.class);
        if (database.equalsIgnoreCase(ours) || mentions(text, ours)) {
            for (RecorderTable table : RecorderTable.values()) {
                if (mentions(text, table.sqlName())) {
                    concerned.add(table);
                }
            }
        }
        return concerned;
    }

    /** Whether an upper-case text holds a name as a whole word. */
    private static boolean mentions(String text, String name) {
        String word = name.toUpperCase(Locale.ROOT);
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int after = at + word.length();
            if ((at == 0 || !isNamePart(text.charAt(at - 1)))
                    && (after == text.length() || !isNamePart(text.charAt(after)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
