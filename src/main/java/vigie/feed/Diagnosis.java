package vigie.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.Finding.Grade;
import vigie.store.Accounts;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.ServerDoor;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether Vigie can work with the servers of an address, check by check, and the statements for the
 * right accounts. It reads and writes nothing but its own sessions' settings.
 *
 * @param hosts in the order of the address
 * @param together what concerns the hosts as a whole; empty for one host
 * @param recipes the statements for the right accounts
 */
public record Diagnosis(List<Host> hosts, List<Finding> together, List<Recipe> recipes) {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);

    /** The schema is not there, or may not be entered. */
    private static final Set<String> WRONG_SCHEMA =
            Set.of("store.db.noSchema", "store.db.noAccess");

    /** A host that has not answered everything by then is not waited for any longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * One server.
     *
     * @param name as in the address
     * @param findings in the order in which they depend on each other
     */
    public record Host(String name, List<Finding> findings) {
        public Host {
            findings = List.copyOf(findings);
        }

        /** Whether nothing prevents Vigie from working with it. */
        public boolean serves() {
            return findings.stream().noneMatch(finding -> finding.grade() == Grade.BLOCKED);
        }
    }

    /**
     * Statements for an administrator.
     *
     * @param key {@code reader} or {@code own}
     * @param title what they are for
     * @param statements each with its semicolon
     */
    public record Recipe(String key, Sentence title, List<String> statements) {
        public Recipe {
            statements = List.copyOf(statements);
        }
    }

    /** What one host said. */
    private record Seen(Host host, Optional<DiagnosisFacts> facts) {}

    public Diagnosis {
        hosts = List.copyOf(hosts);
        together = List.copyOf(together);
        recipes = List.copyOf(recipes);
    }

    /**
     * The worst that matters: blocked only where no host can serve; a host that cannot beside one
     * that can is a warning. What could not be asked does not count.
     */
    public Grade grade() {
        if (hosts.stream().noneMatch(Host::serves)) {
            return Grade.BLOCKED;
        }
        boolean well =
                hosts.stream()
                        .flatMap(host -> host.findings().stream())
                        .noneMatch(finding ->
                                finding.grade() == Grade.WARNING
                                        || finding.grade() == Grade.BLOCKED);
        return well && together.stream().allMatch(finding -> finding.grade() == Grade.OK)
                ? Grade.OK
                : Grade.WARNING;
    }

    /**
     * The recipes that the findings ask for: all of them where nothing serves, else those of the
     * account's rights and of Vigie's own schema that are missing.
     */
    public List<Recipe> needed() {
        boolean blocked = grade() == Grade.BLOCKED;
        return recipes.stream().filter(recipe -> blocked || misses(recipe.key())).toList();
    }

    private boolean misses(String key) {
        return hosts.stream()
                .flatMap(host -> host.findings().stream())
                .anyMatch(finding -> finding.key().equals(key) && finding.asksForSomething());
    }

    /**
     * Looks at every host of the address at once and returns within half a minute, whatever they
     * do.
     *
     * @param own Vigie's own schema, on the same server
     * @param clock this console's
     */
    public static Diagnosis of(DatabaseAddress address, DatabaseAddress own, Clock clock) {
        boolean several = address.hosts().size() > 1;
        List<CompletableFuture<Seen>> underWay = new ArrayList<>();
        for (HostPort host : address.hosts()) {
            CompletableFuture<Seen> answer = new CompletableFuture<>();
            underWay.add(answer);
            Thread.ofVirtual()
                    .name("vigie-doctor-" + host)
                    .start(() -> {
                        try {
                            answer.complete(look(address.at(host), host, several, own, clock));
                        } catch (RuntimeException | Error unexpected) {
                            answer.completeExceptionally(unexpected);
                        }
                    });
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < underWay.size(); i++) {
            HostPort host = address.hosts().get(i);
            seen.add(await(underWay.get(i), host, deadline - System.nanoTime()));
        }
        List<DiagnosisFacts> facts = seen.stream().flatMap(one -> one.facts().stream()).toList();
        List<Host> hosts = seen.stream().map(Seen::host).toList();
        return new Diagnosis(
                hosts,
                several ? DiagnosisOfHosts.of(facts) : List.of(),
                recipes(address, schemaToRead(hosts, address.schema()), own, facts));
    }

    private static Seen await(CompletableFuture<Seen> answer, HostPort host, long nanos) {
        try {
            return answer.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new Seen(
                    new Host(
                            host.toString(),
                            List.of(
                                    Finding.blocked(
                                            "port",
                                            Sentence.of(
                                                    "doctor.late",
                                                    host.toString(),
                                                    Long.toString(PATIENCE.toSeconds()))))),
                    Optional.empty());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at " + host, ending);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("looking at " + host + " failed", failed.getCause());
        }
    }

    private static Seen look(
            DatabaseAddress address,
            HostPort host,
            boolean several,
            DatabaseAddress own,
            Clock clock) {
        ServerDoor door = ServerDoor.look(host);
        List<Finding> findings = new ArrayList<>(DiagnosisOfDoor.of(host, door, address));
        if (findings.stream().anyMatch(finding -> finding.grade() == Grade.BLOCKED)) {
            findings.add(Finding.unchecked("login", Sentence.of("doctor.login.no-way")));
            return new Seen(new Host(host.toString(), findings), Optional.empty());
        }
        try (Connections connections = new Connections(address, "vigie-doctor");
                Connection connection = connections.single(host)) {
            DiagnosisFacts facts =
                    new DiagnosisQuestions(connections, connection, host, clock).ask(several, own);
            findings.addAll(judge(facts));
            return new Seen(new Host(host.toString(), findings), Optional.of(facts));
        } catch (Fault refused) {
            findings.add(refused(refused.sentence(), address, host));
        } catch (SQLException failed) {
            LOG.info("the questions to {} ended", host, failed);
            findings.add(refused(Connections.fault(failed, address).sentence(), address, host));
        }
        findings.add(Finding.unchecked("rest", Sentence.of("doctor.rest.no-login")));
        return new Seen(new Host(host.toString(), findings), Optional.empty());
    }

    /** Nobody was let in; a wrong name of the schema is mended where the right one can be seen. */
    private static Finding refused(Sentence why, DatabaseAddress address, HostPort host) {
        Finding finding = DiagnosisRemedies.finding(Finding.Grade.BLOCKED, "login", why);
        return WRONG_SCHEMA.contains(why.key())
                ? DiagnosisQuestions.schemaOfHomeAssistant(address, host)
                        .map(name ->
                                Finding.blocked(
                                        "login",
                                        finding.what(),
                                        Sentence.of("doctor.login.schema", name)))
                        .orElse(finding)
                : finding;
    }

    /** Judges what one host said, without asking anything. */
    static List<Finding> judge(DiagnosisFacts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("login", Sentence.of("doctor.login.ok", facts.account())));
        findings.addAll(DiagnosisOfAccount.of(facts));
        findings.addAll(DiagnosisOfServer.of(facts));
        findings.addAll(DiagnosisOfRecorder.of(facts));
        findings.addAll(DiagnosisOfLog.of(facts));
        findings.addAll(DiagnosisOfClocks.of(facts));
        findings.add(DiagnosisOfAccount.own(facts));
        return findings;
    }

    /**
     * The schema that an account needs to read: the one that was found where the address names
     * another.
     *
     * @return empty: there is none of that name, and none was found
     */
    static Optional<String> schemaToRead(List<Host> hosts, String named) {
        List<Sentence> remedies =
                hosts.stream()
                        .flatMap(host -> host.findings().stream())
                        .flatMap(finding -> finding.remedy().stream())
                        .toList();
        return remedies.stream()
                .filter(remedy -> remedy.key().equals("doctor.login.schema"))
                .map(remedy -> remedy.values().getFirst().toString())
                .findFirst()
                .or(() ->
                        Optional.of(named)
                                .filter(_ ->
                                        remedies.stream()
                                                .noneMatch(remedy ->
                                                        remedy.key()
                                                                .equals(
                                                                        "doctor.said.store.db.noSchema.remedy"))));
    }

    private static List<Recipe> recipes(
            DatabaseAddress address,
            Optional<String> schema,
            DatabaseAddress own,
            List<DiagnosisFacts> facts) {
        String reader =
                facts.stream()
                        .map(DiagnosisOfAccount::recommended)
                        .findFirst()
                        .orElseGet(() -> DiagnosisOfAccount.recommended(address.user()));
        String writer =
                own.user().equals(address.user()) ? reader : Accounts.account(own.user(), "%");
        List<String> ownStatements =
                Accounts.ownSchemaGrants(writer, own.schema()).stream()
                        .map(grant -> grant + ";")
                        .toList();
        List<Recipe> recipes = new ArrayList<>();
        schema.ifPresent(
                name -> recipes.add(readerRecipe(reader, name, address.hosts().size() > 1)));
        recipes.add(
                new Recipe("own", Sentence.of("doctor.recipe.own", own.schema()), ownStatements));
        return List.copyOf(recipes);
    }

    private static Recipe readerRecipe(String reader, String schema, boolean several) {
        List<String> statements = new ArrayList<>();
        statements.add(Accounts.creation(reader) + ";");
        Accounts.readerGrants(reader, schema).forEach(grant -> statements.add(grant + ";"));
        if (several) {
            statements.add("GRANT REPLICA MONITOR ON *.* TO " + reader + ";");
        }
        return new Recipe("reader", Sentence.of("doctor.recipe.reader", schema), statements);
    }
}
