package vigie.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A real MariaDB server of Vigie's own, for the demo and the tests: on a free port of the loopback
 * interface (that of the last run, where it is still free), with a binlog as Vigie recommends it,
 * on data that the next start finds again.
 *
 * <p>It ends with this program, however that ends ({@link GuardedProcess}). A server that something
 * ended with kill -9 keeps all it committed; after a loss of power the last second may be missing,
 * which is the price for commits that wait for no disk. There is no Unix socket, whose path would
 * be limited to 107 bytes, and no TLS: the first start would spend seconds on a certificate for a
 * way that never leaves the machine.
 *
 * <p>All methods may be called by any thread.
 */
public final class EmbeddedServer implements AutoCloseable {
    /**
     * What to start.
     *
     * @param folder the server's folder, made when missing
     * @param cache where its program is unpacked
     * @param fresh whether data that is there is deleted first
     * @param settings further words for the server, for example {@code
     *     --binlog-row-metadata=NO_LOG}; a later word outweighs an earlier one
     */
    public record Options(Path folder, Path cache, boolean fresh, List<String> settings) {
        public Options {
            settings = List.copyOf(settings);
        }

        /** The demo's server in the user's folders. */
        public static Options demo(Folders folders, boolean fresh) {
            return new Options(folders.data().resolve("demo"), folders.cache(), fresh, List.of());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_PORTS = 5;
    private static final long NEW_DATA_SPACE = 400L << 20;
    private static final long OLD_DATA_SPACE = 100L << 20;

    /** Recovery of a large log may take a while; a server that is not up by then never is. */
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private static final long LOOK_EVERY_MILLIS = 10;

    private final ServerFolder folder;
    private final GuardedProcess process;
    private final HostPort at;
    private final Secret rootSecret;
    private final boolean fresh;
    private final List<Runnable> beforeEnd = new CopyOnWriteArrayList<>();
    private final ReentrantLock ending = new ReentrantLock();

    /** Guarded by {@link #ending}. */
    private boolean ended;

    private final Thread hook = new Thread(this::end, "vigie-server-stop");

    private EmbeddedServer(
            ServerFolder folder,
            GuardedProcess process,
            HostPort at,
            Secret rootSecret,
            boolean fresh) {
        this.folder = folder;
        this.process = process;
        this.at = at;
        this.rootSecret = rootSecret;
        this.fresh = fresh;
    }

    /**
     * Starts a server and waits until it lets us in: half a second on data that is there, about two
     * when everything is to be made.
     *
     * @param progress learns what takes time, in order, on this thread
     * @throws Fault when the platform, the disk, a missing library or a second program on the same
     *     folder is in the way
     */
    public static EmbeddedServer start(Options options, Consumer<Sentence> progress) throws Fault {
        ServerFolder folder = ServerFolder.hold(options.folder());
        boolean started = false;
        try {
            folder.endStaleServer();
            EmbeddedServer server = start(folder, options, progress);
            Runtime.getRuntime().addShutdownHook(server.hook);
            started = true;
            return server;
        } catch (IOException failed) {
            throw OwnerOnly.unwritable(folder.path(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Fault(
                    Fault.Kind.PASSING,
                    Sentence.of("store.server.interrupted"),
                    "interrupted while the server started",
                    interrupted);
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    private static EmbeddedServer start(
            ServerFolder folder, Options options, Consumer<Sentence> progress)
            throws Fault, IOException, InterruptedException {
        if (options.fresh()) {
            folder.forget();
        }
        folder.prepare();
        ServerBinaries binaries = ServerBinaries.in(options.cache(), progress);
        List<String> storage = storageSettings(folder, binaries);
        boolean fresh = !folder.hasData();
        ServerFolder.needSpace(folder.path(), fresh ? NEW_DATA_SPACE : OLD_DATA_SPACE);
        Secret root;
        boolean lost = false;
        try {
            if (fresh) {
                progress.accept(Sentence.of("store.server.settingUp", folder.path().toString()));
                root = Secret.random();
                folder.keepRootSecret(root);
                ServerSetUp.run(folder, binaries, storage, root);
            } else {
                lost = folder.rootSecret().isEmpty();
                root = folder.rootSecret().orElseGet(Secret::random);
                if (lost) {
                    folder.keepRootSecret(root);
                }
            }
        } catch (ServerFailed failed) {
            throw ServerLog.read(folder.log()).fault(folder, binaries);
        }
        progress.accept(Sentence.of("store.server.starting", folder.path().toString()));
        List<String> settings = new ArrayList<>(storage);
        settings.addAll(serviceSettings(folder));
        Path remedy = folder.temporary().resolve("root.sql");
        if (lost) {
            // Read by the server as its first deed; on a file, for a command line is public.
            OwnerOnly.write(remedy, initFile(root));
            settings.add("--init-file=" + remedy);
        }
        settings.addAll(options.settings());
        try {
            return startOnSomePort(folder, binaries, settings, root, fresh);
        } finally {
            Files.deleteIfExists(remedy);
        }
    }

    private static EmbeddedServer startOnSomePort(
            ServerFolder folder,
            ServerBinaries binaries,
            List<String> settings,
            Secret root,
            boolean fresh)
            throws Fault, IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            // The port of the last run, so that whoever watched it finds the next one.
            int last = attempt == 1 ? folder.lastPort() : 0;
            HostPort at = new HostPort(LOOPBACK, isFree(last) ? last : freePort());
            List<String> command = new ArrayList<>();
            command.add(binaries.program().toString());
            command.add("--no-defaults");
            command.add(folder.dataArgument());
            command.addAll(settings);
            command.add("--bind-address=" + LOOPBACK);
            command.add("--port=" + at.port());
            GuardedProcess process =
                    GuardedProcess.start(
                            command, folder.dataArgument(), folder.log(), folder.pidFile());
            boolean up = false;
            try {
                EmbeddedServer server = new EmbeddedServer(folder, process, at, root, fresh);
                server.awaitLogin();
                folder.keepPort(at.port());
                up = true;
                return server;
            } catch (ServerFailed failed) {
                ServerLog log = ServerLog.read(folder.log());
                // Between the look for a free port and the server's binding to it another program
                // may come first.
                if (attempt == MOST_PORTS || !log.portTaken()) {
                    throw log.fault(folder, binaries);
                }
                LOG.info("port {} was taken meanwhile", at.port());
                process.close();
                folder.prepare();
            } finally {
                if (!up) {
                    process.close();
                }
            }
        }
    }

    /** Waits until root is let in by this server, and not by another one on the same port. */
    private void awaitLogin() throws ServerFailed, InterruptedException {
        Connector root = new Connector(root("mysql"));
        long end = System.nanoTime() + LONGEST_START.toNanos();
        SQLException last = null;
        while (System.nanoTime() - end < 0) {
            try (Connection connection = root.connect();
                    Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery("SELECT @@datadir")) {
                if (answer.next() && Path.of(answer.getString(1)).equals(folder.data())) {
                    return;
                }
            } catch (SQLException notYet) {
                last = notYet;
            }
            try {
                process.ended().get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                throw new ServerFailed("the server ended while it started");
            } catch (TimeoutException running) {
                // That is good: it is still starting.
            } catch (ExecutionException never) {
                throw new IllegalStateException(never);
            }
        }
        LOG.warn("the server did not let us in", last);
        throw new ServerFailed("the server did not come up in time");
    }

    /** How the server keeps its data; the same when the data is made. */
    private static List<String> storageSettings(ServerFolder folder, ServerBinaries binaries)
            throws IOException {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--basedir=" + binaries.home(),
                                "--lc-messages-dir=" + binaries.home().resolve("share"),
                                "--character-sets-dir=" + binaries.home().resolve("share/charsets"),
                                "--tmpdir=" + folder.temporary(),
                                "--character-set-server=utf8mb4",
                                "--collation-server=utf8mb4_unicode_ci",
                                // Few, so that no process limit is in its way.
                                "--max-connections=100",
                                "--table-open-cache=400",
                                "--open-files-limit=1024",
                                "--innodb-buffer-pool-size=128M",
                                "--innodb-log-file-size=64M",
                                "--innodb-buffer-pool-dump-at-shutdown=OFF",
                                "--innodb-buffer-pool-load-at-startup=OFF",
                                // Containers often allow no asynchronous I/O.
                                "--innodb-use-native-aio=OFF",
                                // The kernel keeps what a killed server has written.
                                "--innodb-flush-log-at-trx-commit=2",
                                "--aria-log-file-size=8M",
                                "--aria-pagecache-buffer-size=8M",
                                "--key-buffer-size=1M",
                                "--performance-schema=OFF"));
        if (Integer.valueOf(0).equals(Files.getAttribute(binaries.program(), "unix:uid"))) {
            // The server asks root to be sure.
            settings.add("--user=root");
        }
        return settings;
    }

    private static List<String> serviceSettings(ServerFolder folder) {
        return List.of(
                "--socket=",
                "--skip-ssl",
                "--skip-name-resolve",
                "--skip-slave-start",
                "--pid-file=" + folder.pidFile(),
                "--default-time-zone=+00:00",
                "--server-id=1",
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--binlog-row-metadata=FULL",
                "--binlog-expire-logs-seconds=259200",
                "--max-binlog-size=64M",
                "--sync-binlog=0",
                "--gtid-strict-mode=ON",
                "--local-infile=OFF",
                "--log-warnings=1");
    }

    private static String initFile(Secret root) {
        return "SET SESSION sql_log_bin=0;\n"
                + String.join(";\n", ServerSetUp.rootStatements(root))
                + ";\n";
    }

    private static boolean isFree(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket socket = listen(port)) {
            return socket.getLocalPort() == port;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = listen(0)) {
            return socket.getLocalPort();
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** Where it listens. */
    public HostPort at() {
        return at;
    }

    /** The server's process. */
    public long pid() {
        return process.pid();
    }

    /** Its folder. */
    public Path folder() {
        return folder.path();
    }

    /** Whether its data was made by this start. */
    public boolean isFresh() {
        return fresh;
    }

    /** Completes when the server is gone, whoever ended it. */
    public CompletableFuture<Void> ended() {
        return process.ended().copy();
    }

    /** The account that may do everything, for setting up and for tests. */
    public DatabaseAddress root(String schema) {
        return new DatabaseAddress(List.of(at), "root", rootSecret, schema, new Tls.Off());
    }

    /**
     * Makes the schema, where it is missing, with the character set that Home Assistant asks for.
     */
    public void createSchema(String schema) throws Fault {
        administer(
                List.of(
                        "CREATE DATABASE IF NOT EXISTS "
                                + Accounts.name(schema)
                                + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"));
    }

    /**
     * An account with the rights that Vigie asks for and no others, as the README recommends it. It
     * gets a new random password each time; connections that are open stay so.
     */
    public DatabaseAddress createReader(String user, String schema) throws Fault {
        return createAccount(user, schema, Accounts.readerGrants(local(user), schema));
    }

    /**
     * Lets an account of this server keep Vigie's own tables, as the README offers it; nothing else
     * of what it may do changes.
     *
     * @param schema Vigie's own
     */
    public void allowOwnSchema(String user, String schema) throws Fault {
        administer(Accounts.ownSchemaGrants(local(user), schema));
    }

    /** An account that may do everything in the one schema: Home Assistant's, played. */
    public DatabaseAddress createWriter(String user, String schema) throws Fault {
        return createAccount(user, schema, Accounts.writerGrants(local(user), schema));
    }

    private DatabaseAddress createAccount(String user, String schema, List<String> grants)
            throws Fault {
        Secret password = Secret.random();
        List<String> statements = new ArrayList<>();
        String account = local(user) + Accounts.identified(password);
        // Both, so that the account has no moment without a password.
        statements.add("CREATE USER IF NOT EXISTS " + account);
        statements.add("ALTER USER " + account);
        // A server of an older Vigie may have granted more.
        statements.add("REVOKE ALL PRIVILEGES, GRANT OPTION FROM " + local(user));
        statements.addAll(grants);
        administer(statements);
        return new DatabaseAddress(List.of(at), user, password, schema, new Tls.Off());
    }

    private static String local(String user) {
        return Accounts.account(user, LOOPBACK);
    }

    private void administer(List<String> statements) throws Fault {
        DatabaseAddress root = root("mysql");
        try (Connection connection = new Connector(root).connect();
                Statement statement = connection.createStatement()) {
            // Accounts are this server's own affair, and no position of the log should hold them.
            statement.execute("SET SESSION sql_log_bin=0");
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException failed) {
            throw DatabaseFaults.of(failed, root);
        }
    }

    /** Ends the server and waits for it, at most some seconds; its folder is free afterwards. */
    @Override
    public void close() {
        end();
        // Only now: a signal that comes while the server ends must still find a hook to wait for.
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            LOG.debug("the program is ending and its hook finds nothing left to do", exiting);
        }
    }

    /**
     * Has work done before the server ends, also when the program is told to end: for those who
     * still want to write to it. Runs once, on the thread that ends the server; it must come to an
     * end by itself.
     */
    public void beforeEnd(Runnable work) {
        beforeEnd.add(work);
    }

    /**
     * Under a lock, so that the hook waits for an end that another thread has begun: when the last
     * hook returns, the program is over.
     */
    private void end() {
        ending.lock();
        try {
            if (!ended) {
                ended = true;
                endOnce();
            }
        } finally {
            ending.unlock();
        }
    }

    private void endOnce() {
        try {
            beforeEnd.forEach(Runnable::run);
        } finally {
            try {
                process.close();
            } finally {
                folder.close();
            }
        }
    }
}
