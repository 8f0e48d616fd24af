package vigie.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    /**
     * What an account needs to keep Vigie's own schema: to make it and its tables, and to write
     * their rows, and to drop the partitions of readings that are past keeping; nothing outside it.
     * Without the right to drop, such readings are deleted row by row. Kept apart from {@link
     * #readerGrants}, for everything that only reads works without.
     *
     * @param account as {@link #account} writes it
     * @param schema Vigie's own
     */
    public static List<String> ownSchemaGrants(String account, String schema) {
        // CREATE on a schema that is not there yet is also the right to make it.
        return List.of(
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX ON "
                        + schemaPattern(schema)
                        + ".* TO "
                        + account);
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

    /** For people: creates an account with a place for the password. */
    public static String creation(String account) {
        return "CREATE USER IF NOT EXISTS " + account + " IDENTIFIED BY '...'";
    }

    /** For people: gives the account a password by the method that every client speaks. */
    public static String passwordRecipe(String account) {
        return "ALTER USER "
                + account
                + " IDENTIFIED VIA mysql_native_password USING PASSWORD('...')";
    }

    /**
     * The account of a session as GRANT writes it.
     *
     * @param currentUser what {@code CURRENT_USER()} answers, {@code user@host}
     */
    public static String ofCurrentUser(String currentUser) {
        int at = currentUser.lastIndexOf('@');
        return at < 0
                ? account(currentUser, "%")
                : account(currentUser.substring(0, at), currentUser.substring(at + 1));
    }

    /** {@code 'user'@'host'}. */
    public static String account(String user, String host) {
        return text(user) + "@" + text(host);
    }

    /**
     * What follows the account in {@code CREATE USER} and {@code ALTER USER}: its password by the
     * hash that {@code mysql_native_password} keeps, {@code SHA1(SHA1(password))}, for a statement
     * with the password itself would stand in logs, the driver's among them. That method and not a
     * newer one, because the binlog's client speaks no other (ed25519, parsec).
     */
    static String identified(Secret password) {
        return " IDENTIFIED VIA mysql_native_password USING '" + nativeHash(password) + "'";
    }

    private static String nativeHash(Secret password) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] once = sha1.digest(password.reveal().getBytes(StandardCharsets.UTF_8));
            return "*" + HexFormat.of().withUpperCase().formatHex(sha1.digest(once));
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every Java has SHA-1", broken);
        }
    }

    /** A text in SQL. */
    static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** A name in SQL. */
    static String name(String value) {
        return "`" + value.replace("`", "``") + "`";
    }

    /** A schema as GRANT writes it with all its tables. */
    public static String allOf(String schema) {
        return schemaPattern(schema) + ".*";
    }

    /** In GRANT, {@code _} and {@code %} are wildcards and would open the neighbours' schemas. */
    private static String schemaPattern(String schema) {
        return name(schema.replace("_", "\\_").replace("%", "\\%"));
    }
}
