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

    /** Whether the call says it. */
    boolean isGiven() {
        return url != null;
    }

    /**
     * The database to work with. Says on standard error when it is the running demo's.
     *
     * @throws Fault if there is none, or its address is not one
     */
    DatabaseAddress address(Invocation invocation, Configuration configuration) throws Fault {
        Optional<DatabaseAddress> known = known(invocation, configuration);
        return known.orElseThrow(() -> Distribution.here().noDatabase());
    }

    /**
     * The same, where having none is no fault.
     *
     * @throws Fault if its address is not one
     */
    Optional<DatabaseAddress> known(Invocation invocation, Configuration configuration)
            throws Fault {
        Optional<DatabaseAddress> given =
                given(invocation, configuration, Optional.ofNullable(url));
        if (given.isPresent()) {
            return given;
        }
        Optional<RunningDemo> demo = RunningDemo.find(invocation.folders());
        demo.ifPresent(running -> invocation.notice("app.usingDemo", running.address().shown()));
        return demo.map(RunningDemo::address);
    }

    /** The same but for a demo that runs, in silence. */
    Optional<DatabaseAddress> given(Invocation invocation, Configuration configuration)
            throws Fault {
        return given(invocation, configuration, Optional.ofNullable(url));
    }

    /**
     * The database that option, environment or configuration name, in this order.
     *
     * @param option what the call says
     * @throws Fault if what is named is no address
     */
    static Optional<DatabaseAddress> given(
            Invocation invocation, Configuration configuration, Optional<String> option)
            throws Fault {
        Optional<String> said = option.or(() -> invocation.variable("MARIADB_URL"));
        return said.isPresent()
                ? Optional.of(DatabaseAddress.required(said.get()))
                : configuration.database();
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
