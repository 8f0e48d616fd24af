package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vigie.store.DatabaseAddress;
import vigie.store.RunningDemo;
import vigie.text.Fault;

import java.util.Optional;

/**
 * {@code --db-url URL}, and where the address comes from without it: {@code MARIADB_URL}, the
 * configuration file, a demo that runs on this machine.
 */
final class DatabaseOption {
    @Option(names = "--db-url", paramLabel = "URL")
    private @Nullable String url;

    DatabaseOption() {}

    /**
     * The database to work with. Says on standard error when it is the running demo's.
     *
     * @throws Fault if there is none, or its address is not one
     */
    DatabaseAddress address(Invocation invocation, Configuration configuration) throws Fault {
        Optional<String> given =
                Optional.ofNullable(url)
                        .or(() -> invocation.variable("MARIADB_URL"))
                        .or(configuration::databaseUrl);
        if (given.isEmpty()) {
            Optional<RunningDemo> demo = RunningDemo.find(invocation.folders());
            if (demo.isPresent()) {
                invocation.notice("app.usingDemo", demo.get().address().shown());
                return demo.get().address();
            }
        }
        return DatabaseAddress.required(given.orElse(null));
    }

    /**
     * Where Vigie's own tables are: {@code VIGIE_DB_URL}, otherwise the schema {@code vigie} beside
     * the database, by the same account.
     *
     * @throws Fault if {@code VIGIE_DB_URL} is no address, or one of another server
     */
    static DatabaseAddress own(Invocation invocation, DatabaseAddress address) throws Fault {
        return address.own(invocation.variable("VIGIE_DB_URL"));
    }
}
