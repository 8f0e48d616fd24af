package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

@ExtendWith(EmbeddedMariaDb.class)
class ConnectionsTest {
    @TempDir Path folder;

    @Test
    void pooled_sessions_read_only_in_utc_and_whole_unicode(TestDatabase database)
            throws Exception {
        database.execute("CREATE TABLE IF NOT EXISTS t (a VARCHAR(20))");
        try (Connections connections = new Connections(database.writer(), "test");
                Connection connection = connections.borrow();
                Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery(
                            "SELECT CONCAT_WS(' ', @@session.time_zone, @@character_set_client,"
                                    + " @@tx_read_only, DATABASE()), '🌡'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1) + " " + row.getString(2))
                        .isEqualTo("+00:00 utf8mb4 ON " + database.schema() + " 🌡");
            }
            assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES ('x')"))
                    .isInstanceOf(SQLException.class);
        }
        try (Connections connections = new Connections(database.writer(), "test");
                Connection connection = connections.single();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO t VALUES ('🌡')")).isEqualTo(1);
        }
    }

    @Test
    void a_pool_that_was_never_let_in_is_refused_at_once_each_time(TestDatabase database) {
        try (Connections connections =
                new Connections(database.root().withSchema("t_none_of_this_name"), "test")) {
            long began = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                Fault fault = catchThrowableOfType(Fault.class, () -> connections.borrow().close());
                assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
            }
            // The pool's own patience is more than four seconds each time.
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void a_refused_login_names_the_statements_that_make_the_account(TestDatabase database) {
        DatabaseAddress good = database.reader();
        Fault fault = refusal(with(good, good.user(), "hunter2", good.schema()));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
        assertThat(english(fault))
                .isEqualTo(
                        good.shownHosts()
                                + " refuses the login of "
                                + good.user()
                                + ": check the password (reserved characters percent-encoded), or"
                                + " create the account there with: "
                                + Accounts.readerRecipe(good.user(), good.schema()))
                .contains(
                        "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO",
                        "GRANT SELECT ON `" + good.schema().replace("_", "\\_") + "`.* TO");
        assertThat(texts(fault)).noneMatch(text -> text.contains("hunter2"));

        Fault none = refusal(with(good, good.user(), "", good.schema()));
        assertThat(none.sentence().key()).isEqualTo("store.db.refusedWithout");
        Fault unknown = refusal(with(good, "nobody", "hunter2", good.schema()));
        assertThat(unknown.sentence().key()).isEqualTo("store.db.refused");
    }

    @Test
    void a_schema_that_is_closed_or_not_there_is_named(TestDatabase database) {
        Fault closed = refusal(database.reader().withSchema("mysql"));
        assertThat(closed.kind()).isEqualTo(Fault.Kind.BLOCKED);
        assertThat(english(closed))
                .contains("schema mysql", database.reader().user(), "GRANT SELECT ON `mysql`.* TO");
        // Who may not see a schema is not told whether it exists; root is.
        Fault absent = refusal(database.root().withSchema("nowhere"));
        assertThat(absent.kind()).isEqualTo(Fault.Kind.BLOCKED);
        assertThat(english(absent)).contains("has no schema nowhere");
    }

    @Test
    void a_missing_right_is_named_with_its_grant(TestDatabase database) throws Exception {
        try (Connections connections = new Connections(database.reader(), "test");
                Connection connection = connections.single();
                Statement statement = connection.createStatement()) {
            for (String forbidden :
                    List.of(
                            "SELECT * FROM mysql.user",
                            "FLUSH TABLES",
                            "SET GLOBAL sync_binlog=1")) {
                SQLException failed =
                        catchThrowableOfType(
                                SQLException.class, () -> statement.execute(forbidden));
                Fault fault = connections.fault(failed);
                assertThat(fault.sentence().key()).as(forbidden).isEqualTo("store.db.noRight");
                assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
            }
        }
    }

    @Test
    void a_closed_port_an_unknown_host_and_a_silent_one_are_told_apart(TestDatabase database)
            throws Exception {
        DatabaseAddress good = database.reader();
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        Fault closed = refusal(good.at(new HostPort("127.0.0.1", closedPort)));
        assertThat(closed.kind()).isEqualTo(Fault.Kind.PASSING);
        assertThat(english(closed)).startsWith("Nothing listens at 127.0.0.1:" + closedPort);

        Fault unknown = refusal(good.at(new HostPort("no-such-host.invalid", 3306)));
        assertThat(english(unknown)).contains("no-such-host.invalid:3306", "name service");

        // Takes connections and never says a word, as a wrong service or a broken proxy does.
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Fault mute = refusal(good.at(new HostPort("127.0.0.1", silent.getLocalPort())));
            assertThat(mute.sentence().key()).isEqualTo("store.db.timeout");
            assertThat(mute.kind()).isEqualTo(Fault.Kind.PASSING);
        }
    }

    @Test
    void a_host_that_speaks_another_protocol_is_no_server(TestDatabase database) throws Exception {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var guest = web.accept()) {
                                    guest.getOutputStream()
                                            .write(
                                                    "HTTP/1.1 400 Bad\r\n\r\n"
                                                            .getBytes(StandardCharsets.US_ASCII));
                                } catch (IOException gone) {
                                    // The client has seen enough.
                                }
                            });
            Fault fault =
                    refusal(database.reader().at(new HostPort("127.0.0.1", web.getLocalPort())));
            assertThat(fault.sentence().key()).isIn("store.db.gone", "store.db.timeout");
            server.join();
        }
    }

    @Test
    void the_next_host_is_asked_when_one_is_away_but_not_when_one_refuses(TestDatabase database)
            throws Exception {
        DatabaseAddress good = database.reader();
        HostPort away = new HostPort("127.0.0.1", 1);
        DatabaseAddress both =
                new DatabaseAddress(
                        List.of(away, database.server().at()),
                        good.user(),
                        good.password(),
                        good.schema(),
                        good.tls());
        try (Connections connections = new Connections(both, "test")) {
            connections.single().close();
            connections.borrow().close();
            Fault fault = catchThrowableOfType(Fault.class, () -> connections.single(away).close());
            assertThat(english(fault)).contains("127.0.0.1:1:").doesNotContain("127.0.0.1:1,");
        }
        Fault refused = refusal(with(both, good.user(), "wrong", good.schema()));
        assertThat(refused.sentence().key()).isEqualTo("store.db.refused");
    }

    @Test
    void the_pool_outlives_its_server(TestDatabase unused) throws Exception {
        Path data = EmbeddedMariaDb.SHARED_FOLDER.resolve("own/db");
        DatabaseAddress address;
        Connections connections;
        try (EmbeddedServer server = EmbeddedMariaDb.start(data)) {
            address = server.root("mysql");
            connections = new Connections(address, "test");
            connections.borrow().close();
        }
        try (connections) {
            // A connection that was given back a moment ago is lent unseen and breaks when used;
            // then the pool knows.
            assertThat(ask(connections)).isEqualTo("store.db.gone");
            assertThat(ask(connections)).isEqualTo("store.db.closedPort");
            try (EmbeddedServer server = EmbeddedMariaDb.start(data)) {
                assertThat(server.at()).isEqualTo(address.hosts().getFirst());
                assertThat(ask(connections)).isEqualTo("answered");
            }
        }
        assertThat(catchThrowableOfType(Fault.class, () -> connections.borrow().close()).kind())
                .isEqualTo(Fault.Kind.PASSING);
    }

    @Test
    void a_killed_session_is_gone(TestDatabase database) throws Exception {
        try (Connections connections = new Connections(database.reader(), "test");
                Connection connection = connections.single();
                Statement statement = connection.createStatement()) {
            String id;
            try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
                assertThat(row.next()).isTrue();
                id = row.getString(1);
            }
            database.asRoot("KILL HARD " + id);
            SQLException failed =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT 1"));
            assertThat(connections.fault(failed).sentence().key()).isEqualTo("store.db.gone");
            assertThat(connections.fault(failed).kind()).isEqualTo(Fault.Kind.PASSING);
        }
    }

    @Test
    void limits_and_locks_of_accounts_are_named(TestDatabase database) throws Exception {
        DatabaseAddress limited =
                database.server().createReader(database.schema() + "_limited", database.schema());
        String account = Accounts.account(limited.user(), "127.0.0.1");
        database.asRoot("ALTER USER " + account + " WITH MAX_USER_CONNECTIONS 1");
        try (Connections connections = new Connections(limited, "test");
                Connection first = connections.single()) {
            assertThat(first.isValid(1)).isTrue();
            Fault fault = catchThrowableOfType(Fault.class, () -> connections.single().close());
            assertThat(fault.sentence().key()).isEqualTo("store.db.tooMany");
            assertThat(fault.kind()).isEqualTo(Fault.Kind.PASSING);
        }
        database.asRoot("ALTER USER " + account + " ACCOUNT LOCK");
        assertThat(refusal(limited).sentence().key()).isEqualTo("store.db.locked");
        database.asRoot(
                "ALTER USER " + account + " ACCOUNT UNLOCK",
                "ALTER USER " + account + " PASSWORD EXPIRE");
        // The server lets such an account in, to do nothing but set a new password.
        try (Connections connections = new Connections(limited, "test");
                Connection connection = connections.single();
                Statement statement = connection.createStatement()) {
            SQLException failed =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT 1"));
            assertThat(connections.fault(failed).sentence().key()).isEqualTo("store.db.expired");
        }
        database.asRoot("DROP USER " + account);
    }

    @Test
    void a_password_plugin_that_nobody_speaks_is_named(TestDatabase database) {
        SQLException failed =
                new SQLException(
                        "Client does not support authentication protocol requested by server."
                                + " plugin type was = 'auth_gssapi'",
                        "08004",
                        1251);
        Fault fault = DatabaseFaults.of(failed, database.reader());
        assertThat(english(fault)).contains("by Kerberos (gssapi),", "mysql_native_password");
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
    }

    @Test
    void encryption_is_asked_for_checked_and_missed(TestDatabase database) throws Exception {
        DatabaseAddress plain = database.reader();
        assertThat(refusal(with(plain, new Tls.Require())).sentence().key())
                .isEqualTo("store.db.noTls");

        Certificate certificate = Certificate.make(folder);
        try (EmbeddedServer server =
                EmbeddedMariaDb.start(
                        EmbeddedMariaDb.SHARED_FOLDER.resolve("own/db"),
                        "--ssl",
                        "--ssl-cert=" + certificate.file(),
                        "--ssl-key=" + certificate.key())) {
            DatabaseAddress root = server.root("mysql");
            assertThat(cipher(root)).isEmpty();
            assertThat(cipher(with(root, new Tls.Require()))).startsWith("TLS");
            assertThat(cipher(with(root, certificate.fingerprint()))).startsWith("TLS");
            assertThat(refusal(with(root, new Tls.Verify())).sentence().key())
                    .isEqualTo("store.db.certificate");

            String trusted = "javax.net.ssl.trustStore";
            System.setProperty(trusted, certificate.authorities().toString());
            System.setProperty(trusted + "Password", Certificate.PASSWORD);
            try {
                assertThat(cipher(with(root, new Tls.Verify()))).startsWith("TLS");
                // The same server by a name that is not in its certificate.
                DatabaseAddress misnamed =
                        root.at(new HostPort("localhost", root.hosts().getFirst().port()));
                assertThat(refusal(with(misnamed, new Tls.Verify())).sentence().key())
                        .isEqualTo("store.db.certificate");
            } finally {
                System.clearProperty(trusted);
                System.clearProperty(trusted + "Password");
            }

            Tls.Fingerprint other = new Tls.Fingerprint("ab".repeat(32));
            Fault wrong = refusal(with(root, other));
            assertThat(wrong.kind()).isEqualTo(Fault.Kind.BLOCKED);
            assertThat(english(wrong))
                    .contains("has the fingerprint " + certificate.fingerprint().shown());

            String reader = Accounts.account("vigie_tls", "127.0.0.1");
            DatabaseAddress guarded = server.createReader("vigie_tls", "mysql");
            try (Connections connections = new Connections(root, "test");
                    Connection connection = connections.single();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET GLOBAL require_secure_transport=1");
                assertThat(refusal(guarded).sentence().key()).isEqualTo("store.db.needsTls");
                assertThat(cipher(with(guarded, certificate.fingerprint()))).startsWith("TLS");
                statement.execute("DROP USER " + reader);
            }
        }
    }

    @Test
    void the_drivers_log_holds_no_password(TestDatabase database) throws Exception {
        Logger driver = (Logger) LoggerFactory.getLogger("org.mariadb.jdbc");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.setContext(driver.getLoggerContext());
        log.start();
        Level before = driver.getLevel();
        driver.setLevel(Level.TRACE);
        driver.setAdditive(false);
        driver.addAppender(log);
        DatabaseAddress reader;
        try {
            reader = database.server().createReader(database.schema() + "_log", database.schema());
            assertThat(cipher(reader)).isEmpty();
        } finally {
            driver.detachAppender(log);
            driver.setAdditive(true);
            driver.setLevel(before);
        }
        assertThat(log.list)
                .isNotEmpty()
                .noneMatch(
                        event -> event.getFormattedMessage().contains(reader.password().reveal()));
    }

    @Test
    void many_threads_share_few_connections(TestDatabase database) throws Exception {
        try (Connections connections = new Connections(database.reader(), "crowd")) {
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 24; i++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    try (Connection connection = connections.borrow();
                                            Statement statement = connection.createStatement()) {
                                        statement.execute("SELECT SLEEP(0.01)");
                                    } catch (Fault | SQLException failed) {
                                        failures.add(failed);
                                    }
                                }));
            }
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
            }
            assertThat(failures).isEmpty();
            assertThat(
                            database.column(
                                    "SELECT COUNT(*) <= 4 FROM information_schema.processlist WHERE"
                                            + " user='"
                                            + database.reader().user()
                                            + "'"))
                    .containsExactly("1");
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("crowd"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    private static String ask(Connections connections) {
        try (Connection connection = connections.borrow();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return "answered";
        } catch (SQLException failed) {
            return connections.fault(failed).sentence().key();
        } catch (Fault fault) {
            return fault.sentence().key();
        }
    }

    private static String cipher(DatabaseAddress address) throws Exception {
        try (Connections connections = new Connections(address, "test");
                Connection connection = connections.single();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW STATUS LIKE 'Ssl_cipher'")) {
            return row.next() ? row.getString(2) : "";
        }
    }

    private static Fault refusal(DatabaseAddress address) {
        try (Connections connections = new Connections(address, "test")) {
            Fault single = catchThrowableOfType(Fault.class, () -> connections.single().close());
            assertThat(single).isNotNull();
            return single;
        }
    }

    private static DatabaseAddress with(
            DatabaseAddress address, String user, String password, String schema) {
        return new DatabaseAddress(
                address.hosts(), user, Secret.of(password), schema, address.tls());
    }

    private static DatabaseAddress with(DatabaseAddress address, Tls tls) {
        return new DatabaseAddress(
                address.hosts(), address.user(), address.password(), address.schema(), tls);
    }

    private static String english(Fault fault) {
        return Words.in(Locale.ENGLISH).say(fault.sentence());
    }

    private static List<String> texts(Fault fault) {
        return List.of(
                english(fault),
                Words.in(Locale.FRENCH).say(fault.sentence()),
                String.valueOf(fault.getMessage()),
                String.valueOf(fault.getCause()));
    }
}
