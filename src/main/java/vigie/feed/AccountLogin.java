package vigie.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an account logs in and what it is limited to, as {@code SHOW CREATE USER} tells it. The text
 * itself, which holds a hash of the password, is not kept.
 *
 * @param plugins in the order in which the server tries them
 * @param mostConnections at once; 0 for no limit
 * @param perHour whether connections or questions per hour are limited
 */
record AccountLogin(List<String> plugins, int mostConnections, boolean perHour) {
    /** What the server does not name is a password of the usual kind. */
    private static final String USUAL = "mysql_native_password";

    private static final Pattern VIA =
            Pattern.compile("(?:IDENTIFIED VIA|\\bOR) ([A-Za-z0-9_]{1,64})(?= USING| OR|$| )");
    private static final Pattern MOST = Pattern.compile("\\bMAX_USER_CONNECTIONS (\\d{1,9})");
    private static final Pattern HOURLY =
            Pattern.compile("\\bMAX_(?:QUERIES|CONNECTIONS|UPDATES)_PER_HOUR [1-9]");

    /** In quotes may stand anything, also what looks like a keyword. */
    private static final Pattern QUOTED =
            Pattern.compile("'(?:[^'\\\\]|''|\\\\.)*'|`(?:[^`]|``)*`");

    AccountLogin {
        plugins = List.copyOf(plugins);
    }

    static AccountLogin read(String createUser) {
        String bare = QUOTED.matcher(createUser).replaceAll("''");
        List<String> plugins = new ArrayList<>();
        Matcher via = VIA.matcher(bare);
        while (via.find()) {
            plugins.add(via.group(1));
        }
        Matcher most = MOST.matcher(bare);
        return new AccountLogin(
                plugins.isEmpty() ? List.of(USUAL) : plugins,
                most.find() ? Integer.parseInt(most.group(1)) : 0,
                HOURLY.matcher(bare).find());
    }
}
