package vigie.store.testing;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * One schema of a real server.
 *
 * @param server where it is
 * @param schema its name
 * @param reader the account that the README recommends: reads this schema and the binlog
 * @param writer may do everything in this schema
 * @param root may do everything
 */
public record TestDatabase(
        EmbeddedServer server,
        String schema,
        DatabaseAddress reader,
        DatabaseAddress writer,
        DatabaseAddress root) {
    private static final int LONGEST_ACCOUNT = 70;

    /** Makes an empty schema on the server, dropping one of that name. */
    public static TestDatabase create(EmbeddedServer server, String schema) {
        try {
            TestDatabase administrator =
                    new TestDatabase(
                            server,
                            schema,
                            server.root("mysql"),
                            server.root("mysql"),
                            server.root("mysql"));
            administrator.asRoot("DROP DATABASE IF EXISTS `" + schema + "`");
            server.createSchema(schema);
            return new TestDatabase(
                    server,
                    schema,
                    server.createReader(account(schema, "_r"), schema),
                    server.createWriter(account(schema, "_w"), schema),
                    server.root(schema));
        } catch (Fault fault) {
            throw new IllegalStateException(fault.sentence().toString(), fault);
        }
    }

    /** A new connection of the writing account; the caller closes it. */
    public Connection connect() {
        return open(writer);
    }

    /** Runs statements as the writing account, each committed by itself. */
    public void execute(String... statements) {
        run(writer, statements);
    }

    /** Runs statements as root: {@code SET GLOBAL …}, {@code REVOKE …}, {@code RESET MASTER}. */
    public void asRoot(String... statements) {
        run(root, statements);
    }

    /** The first column of what the question finds, as text; null stays null. */
    @SuppressWarnings("NullAway")
    public List<String> column(String question) {
        List<String> found = new ArrayList<>();
        try (Connection connection = open(root);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(question, failed);
        }
        return found;
    }

    void drop() {
        asRoot("DROP DATABASE IF EXISTS `" + schema + "`");
    }

    /** Removes what a killed run left, and starts the binlog anew. */
    static void clear(EmbeddedServer server) {
        TestDatabase all =
                new TestDatabase(
                        server,
                        "mysql",
                        server.root("mysql"),
                        server.root("mysql"),
                        server.root("mysql"));
        for (String left : all.column("SHOW DATABASES LIKE 't\\_%'")) {
            all.asRoot("DROP DATABASE `" + left + "`");
        }
        all.asRoot("RESET MASTER");
    }

    private static String account(String schema, String end) {
        return schema.substring(0, Math.min(LONGEST_ACCOUNT, schema.length())) + end;
    }

    private static void run(DatabaseAddress address, String... statements) {
        try (Connection connection = open(address);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(String.join("; ", statements), failed);
        }
    }

    private static Connection open(DatabaseAddress address) {
        try (Connections connections = new Connections(address, "test")) {
            return connections.single();
        } catch (Fault fault) {
            throw new IllegalStateException(fault.sentence().toString(), fault);
        }
    }
}
