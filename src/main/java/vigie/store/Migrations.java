package vigie.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/**
 * The versions of Vigie's own schema, run by Flyway: one console at a time, under a named lock of
 * the server, each version once. They are named here and not searched for, so that the same list is
 * found from a checkout, a jar and a linked image.
 *
 * <p>MariaDB commits each statement that makes a table by itself, so a version may be broken off in
 * its middle. Each is therefore written so that it may be run again, and a broken one is.
 */
final class Migrations {
    /**
     * The migrations, oldest first; one is never changed after it was released. A migration adds:
     * what an older program reads or writes keeps its name and meaning, so that the older one can
     * still be used beside it.
     */
    private static final List<String> FILES =
            List.of(
                    "V1__heartbeat_duty_position.sql",
                    "V2__archive.sql",
                    "V3__known_then.sql",
                    "V4__note.sql");

    /**
     * Makes this program as old as it once was: no migration above the number is known. For tests
     * of an upgrade and a downgrade, which need two programs; nobody else sets it.
     */
    static final String LIMIT = "vigie.schema";

    /** Those of this program. */
    static final Migrations KNOWN = upTo(Integer.getInteger(LIMIT, Integer.MAX_VALUE));

    /** The version that this program makes and knows. */
    static final int NEWEST = KNOWN.newest();

    /** Where Flyway keeps what has been run. */
    static final String HISTORY = "flyway_schema_history";

    private final List<String> files;

    private Migrations(List<String> files) {
        this.files = List.copyOf(files);
    }

    /** Those of this program up to a version; at least the first. */
    static Migrations upTo(int limit) {
        return new Migrations(
                FILES.stream()
                        .filter(file -> file.equals(FILES.getFirst()) || version(file) <= limit)
                        .toList());
    }

    /** The same, and one more that follows them. */
    Migrations and(String file) {
        List<String> more = new ArrayList<>(files);
        more.add(file);
        return new Migrations(more);
    }

    /** The version that these lead to. */
    int newest() {
        return version(files.getLast());
    }

    private static int version(String file) {
        return Integer.parseInt(file.substring(1, file.indexOf('_')));
    }

    static {
        LogFactory.setLogCreator(Quiet::new);
    }

    /**
     * Brings the schema to {@link #newest}.
     *
     * @param source connections to the schema, at a server that takes writes
     * @param broken whether the history tells of a version that was broken off
     * @throws SQLException what the server refused
     * @throws Foreign when the schema holds tables that are not Vigie's
     */
    void run(DataSource source, String schema, boolean broken) throws SQLException, Foreign {
        try {
            Flyway flyway =
                    Flyway.configure(Migrations.class.getClassLoader())
                            .dataSource(source)
                            .defaultSchema(schema)
                            .schemas(schema)
                            .createSchemas(false)
                            .table(HISTORY)
                            .locations(new Location[0])
                            .failOnMissingLocations(false)
                            .resourceProvider(new Listed(files))
                            .javaMigrationClassProvider(List::<Class<? extends JavaMigration>>of)
                            .skipDefaultCallbacks(true)
                            .placeholderReplacement(false)
                            .target(MigrationVersion.fromVersion(String.valueOf(newest())))
                            .loggers("slf4j")
                            .load();
            // load() chooses the log anew.
            LogFactory.setLogCreator(Quiet::new);
            if (broken) {
                flyway.repair();
            }
            flyway.migrate();
        } catch (FlywayException failed) {
            Optional<SQLException> reason = sql(failed);
            if (reason.isPresent()) {
                throw reason.get();
            }
            throw new Foreign(failed);
        }
    }

    private static Optional<SQLException> sql(Throwable failed) {
        Throwable at = failed;
        for (int depth = 0; at != null && depth < 8; depth++) {
            if (at instanceof SQLException sql) {
                return Optional.of(sql);
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    /** The schema is not one that this list has made. */
    static final class Foreign extends Exception {
        private static final long serialVersionUID = 1L;

        Foreign(FlywayException cause) {
            super("not a schema of Vigie's", cause);
        }
    }

    /** The files of the list, and nothing else. */
    private record Listed(List<String> files) implements ResourceProvider {
        @Override
        @SuppressWarnings("NullAway") // the library's way to say that there is none
        public LoadableResource getResource(String name) {
            return files.stream()
                    .filter(file -> file.equals(name))
                    .map(Script::new)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return files.stream()
                    .filter(file -> file.startsWith(prefix))
                    .filter(file -> List.of(suffixes).stream().anyMatch(file::endsWith))
                    .<LoadableResource>map(Script::new)
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {
        private final String file;

        Script(String file) {
            this.file = file;
        }

        @Override
        public Reader read() {
            try (InputStream bytes = Migrations.class.getResourceAsStream("migration/" + file)) {
                if (bytes == null) {
                    throw new IllegalStateException("missing in this program: " + file);
                }
                return new StringReader(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override
        public String getAbsolutePath() {
            return file;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return file;
        }

        @Override
        public String getFilename() {
            return file;
        }

        @Override
        public String getRelativePath() {
            return file;
        }
    }

    /** Flyway tells much that matters to nobody here; what fails comes as an exception. */
    private static final class Quiet implements Log {
        private final Logger log;

        Quiet(Class<?> type) {
            log = LoggerFactory.getLogger(type);
        }

        @Override
        public void debug(String message) {
            log.trace(message);
        }

        @Override
        public void info(String message) {
            log.debug(message);
        }

        @Override
        public void notice(String message) {
            log.debug(message);
        }

        @Override
        public void warn(String message) {
            log.debug(message);
        }

        @Override
        public void error(String message) {
            log.debug(message);
        }

        @Override
        public void error(String message, Exception failed) {
            log.debug(message, failed);
        }
    }
}
