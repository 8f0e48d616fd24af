package vigie.store.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.HostPort;
import vigie.store.InstalledServer;
import vigie.text.Fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The servers that tests run against. */
public enum ServerVersion {
    /** The embedded one, 11.4. */
    EMBEDDED {
        @Override
        public TestServer start(Path folder, String... settings) throws Fault {
            EmbeddedServer server = EmbeddedMariaDb.start(folder, settings);
            return new Running(server.at(), server.pid(), server.root("mysql"), server::close);
        }

        @Override
        public void assumeHere() {
            // It is part of the build.
        }

        @Override
        public String toString() {
            return "MariaDB 11.4";
        }
    },

    /** Debian's, 10.11 on Debian 12: what most installations run. */
    DEBIAN {
        @Override
        public TestServer start(Path folder, String... settings) throws Fault {
            InstalledServer server = InstalledServer.start(folder, List.of(settings));
            return new Running(server.at(), server.pid(), server.root("mysql"), server::close);
        }

        @Override
        public void assumeHere() {
            assumeTrue(
                    NAME.isPresent(),
                    "not run against Debian's MariaDB: apt-get install " + InstalledServer.PACKAGE);
        }

        @Override
        public String toString() {
            return "MariaDB " + NAME.orElse("of Debian");
        }
    };

    private static final Optional<String> NAME = InstalledServer.version();

    /** Where {@code .ci/plugins} unpacks them, and where the distribution installs them. */
    private static final List<Path> PLUGIN_FOLDERS =
            List.of(
                    Path.of("target", "mariadb-plugins").toAbsolutePath(),
                    Path.of("/usr/lib/mysql/plugin"));

    /**
     * Starts a server on the folder's data, made where it is missing, with a binlog in ROW format
     * and FULL metadata.
     *
     * @param settings further words for the server; a later word outweighs an earlier one
     */
    public abstract TestServer start(Path folder, String... settings) throws Fault;

    /** Ends the test as skipped, with the remedy, where this server is not installed. */
    public abstract void assumeHere();

    /**
     * The word that lets Debian's server find a plug-in; ends the test as skipped, with the remedy,
     * where there is none.
     *
     * @param library for example {@code auth_ed25519.so}
     */
    public static String pluginFolder(String library) {
        DEBIAN.assumeHere();
        Optional<Path> found =
                PLUGIN_FOLDERS.stream()
                        .filter(folder -> Files.exists(folder.resolve(library)))
                        .findFirst();
        assumeTrue(found.isPresent(), "not run without " + library + ": run .ci/plugins");
        return "--plugin-dir=" + found.orElseThrow();
    }

    /** Those that are here. */
    public static Stream<ServerVersion> here() {
        return Stream.of(values()).filter(version -> version == EMBEDDED || NAME.isPresent());
    }

    private record Running(HostPort at, long pid, DatabaseAddress rootAddress, Runnable end)
            implements TestServer {
        @Override
        public DatabaseAddress root(String schema) {
            return rootAddress.withSchema(schema);
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
