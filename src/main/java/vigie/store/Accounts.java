package vigie.store;

import java.util.List;

/**
 * The accounts that Vigie recommends, as statements: the README prints them, faults name them, the
 * demo creates its own by them. One text, so that what is recommended is what is tested.
 */
public final class Accounts {
    private Accounts() {}

    /**
     * What an account needs to watch a schema: its rows, the binlog and the binlog's position.
     *
     * @param account as {@link #account} writes it
     */
    public static List<String> readerGrants(String account, String schema) {
        return List.of(
                "GRANT SELECT ON " + schemaPattern(schema) + ".* TO " + account,
                "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO " + account);
    }

    /** What the simulator's account needs: everything in that one schema. */
    public static List<String> writerGrants(String account, String schema) {
        return List.of("GRANT ALL PRIVILEGES ON " + schemaPattern(schema) + ".* TO " + account);
    }

    /** For people: creates the reading account for any host, with a place for the password. */
    public static String readerRecipe(String user, String schema) {
        String account = account(user, "%");
        return "CREATE USER IF NOT EXISTS "
                + account
                + " IDENTIFIED BY '...'; "
                + grantRecipe(user, schema);
    }

    /** For people: the rights of the reading account. */
    public static String grantRecipe(String user, String schema) {
        return String.join("; ", readerGrants(account(user, "%"), schema)) + ";";
    }

    /** {@code 'user'@'host'}. */
    public static String account(String user, String host) {
        return text(user) + "@" + text(host);
    }

    /** A text in SQL. */
    static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** A name in SQL. */
    static String name(String value) {
        return "`" + value.replace("`", "``") + "`";
    }

    /** In GRANT, {@code _} and {@code %} are wildcards and would open the neighbours' schemas. */
    private static String schemaPattern(String schema) {
        return name(schema.replace("_", "\\_").replace("%", "\\%"));
    }
}
