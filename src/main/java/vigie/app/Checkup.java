package vigie.app;

import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a doctor found: this computer first, then the database.
 *
 * @param address the database looked at; empty: none is known, and a finding says why
 * @param here what was found on this computer
 * @param database what was found at the database; empty where there is no address
 */
record Checkup(
        Optional<DatabaseAddress> address, List<Finding> here, Optional<Diagnosis> database) {
    Checkup {
        here = List.copyOf(here);
    }

    /**
     * Looks, and returns within half a minute, whatever anything does.
     *
     * @param named the configuration file that the call names
     * @throws Fault of kind USAGE where the call's own words are wrong
     */
    static Checkup of(
            Invocation invocation, Optional<Path> named, DatabaseOption database, PlanOption plan)
            throws Fault {
        List<Finding> here = new ArrayList<>();
        Configuration configuration = Machine.configuration(invocation, named, here);
        Optional<DatabaseAddress> address = address(invocation, configuration, database, here);
        Machine.look(invocation, configuration, plan, here);
        if (address.isEmpty()) {
            return new Checkup(address, here, Optional.empty());
        }
        DatabaseAddress own = DatabaseOption.own(invocation, address.get());
        return new Checkup(
                address, here, Optional.of(Diagnosis.of(address.get(), own, Clock.systemUTC())));
    }

    private static Optional<DatabaseAddress> address(
            Invocation invocation,
            Configuration configuration,
            DatabaseOption database,
            List<Finding> here)
            throws Fault {
        try {
            return Optional.of(database.address(invocation, configuration));
        } catch (Fault missing) {
            if (missing.kind() == Fault.Kind.USAGE) {
                throw missing;
            }
            here.add(Machine.blocked("address", missing.sentence()));
            return Optional.empty();
        }
    }

    /** The worst that matters. What could not be asked does not count. */
    Grade grade() {
        Grade worst = database.map(Diagnosis::grade).orElse(Grade.OK);
        for (Finding finding : here) {
            if (finding.grade().compareTo(worst) > 0) {
                worst = finding.grade();
            }
        }
        return worst;
    }

    /** How many warnings there are. */
    long warnings() {
        return count(here)
                + database.map(its ->
                                its.hosts().stream().mapToLong(host -> count(host.findings())).sum()
                                        + count(its.together()))
                        .orElse(0L);
    }

    private static long count(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.grade() == Grade.WARNING).count();
    }

    /** Why Vigie cannot work, where the reason lies on this computer. */
    Optional<Finding> obstacleHere() {
        return here.stream().filter(finding -> finding.grade() == Grade.BLOCKED).findFirst();
    }

    /** The exit code of it. */
    int exitCode() {
        return switch (grade()) {
            case OK, UNCHECKED -> 0;
            case WARNING -> 1;
            case BLOCKED -> Fault.Kind.BLOCKED.exitCode();
        };
    }
}
