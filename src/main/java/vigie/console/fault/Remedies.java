package vigie.console.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in an operator's sentence what can be copied and run. */
public final class Remedies {
    /** SQL as our sentences write it: from a capital keyword to the semicolon. */
    private static final Pattern STATEMENT =
            Pattern.compile(
                    "\\b(?:GRANT|REVOKE|SET GLOBAL|SET|CREATE|ALTER|FLUSH|SHOW|SELECT)\\s[^;\\n]*;");

    private Remedies() {}

    /** The SQL statements in a text, in order, without doubles; none where there are none. */
    public static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        Matcher matcher = STATEMENT.matcher(text);
        while (matcher.find()) {
            String statement = matcher.group();
            if (!statements.contains(statement)) {
                statements.add(statement);
            }
        }
        return statements;
    }

    /**
     * A text whose statements stand apart.
     *
     * @param instead what stands in their place
     */
    public static String without(String text, String instead) {
        Matcher matcher = STATEMENT.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        int start = matcher.start();
        int end = matcher.end();
        while (matcher.find()) {
            end = matcher.end();
        }
        return text.substring(0, start) + instead + text.substring(end);
    }
}
