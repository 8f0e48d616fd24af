package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import vigie.simulator.Options;
import vigie.simulator.Scenario;
import vigie.simulator.Simulator;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.io.Console;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code vigie simulate}: a simulated room in an empty database, until SIGINT or SIGTERM (exit 0).
 * It takes no address from a running demo: that one has its own room already.
 */
@Command(
        name = "simulate",
        subcommands = {SimulateImportCommand.class})
final class SimulateCommand extends Subcommand {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(s|m|h|d)?");

    @Spec private CommandSpec spec;

    @Option(names = "--db-url", paramLabel = "URL")
    private @Nullable String url;

    @Option(names = "--scenario", paramLabel = "NAME")
    private String scenario = Scenario.NORMAL.key();

    @Option(names = "--pace", paramLabel = "N")
    private double pace = 1;

    @Option(names = "--seed", paramLabel = "N")
    private long seed = 1;

    @Option(names = "--commit-interval", paramLabel = "SECONDS")
    private double commitInterval = 1;

    @Option(names = "--rows-per-second", paramLabel = "N")
    private double rowsPerSecond = 10;

    @Option(names = "--purge-keep-days", paramLabel = "DAYS")
    private int purgeKeepDays = 1;

    @Option(names = "--zone", paramLabel = "ZONE")
    private String zone = "Europe/Brussels";

    @Option(names = "--past", paramLabel = "DAYS")
    private int past = 10;

    @Option(names = "--no-past")
    private boolean noPast;

    @Option(names = "--for", paramLabel = "DURATION")
    private @Nullable String length;

    @Option(names = "--list")
    private boolean list;

    SimulateCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        if (list) {
            for (Scenario some : Scenario.values()) {
                invocation()
                        .out()
                        .printf(
                                "%-16s %s%n",
                                some.key(),
                                invocation().words().say("simulator.scenario." + some.key()));
            }
            return 0;
        }
        Options options = options();
        Optional<Duration> until = length();
        Optional<DatabaseAddress> given =
                DatabaseOption.given(invocation(), configuration(), Optional.ofNullable(url));
        DatabaseAddress address = given.isPresent() ? given.get() : DatabaseAddress.required(null);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name("simulate-stop").unstarted(() -> stop(asked, done));
        Runtime.getRuntime().addShutdownHook(hook);
        try (Connections connections = new Connections(address, "simulate");
                Simulator simulator =
                        Simulator.open(connections, options, Clock.systemUTC(), this::progress)) {
            invocation()
                    .notice(
                            "simulator.running",
                            address.schema(),
                            address.shownHosts(),
                            options.scenario().key());
            simulator.start();
            if (until.isPresent()) {
                asked.await(until.get().toMillis(), TimeUnit.MILLISECONDS);
            } else {
                asked.await();
            }
        } finally {
            done.countDown();
            unhook(hook);
        }
        return 0;
    }

    /** The address named before a sub-command. */
    Optional<String> url() {
        return Optional.ofNullable(url);
    }

    private Options options() {
        try {
            return new Options(
                    seed,
                    scenario(),
                    pace,
                    Duration.ofNanos(Math.round(commitInterval * 1e9)),
                    purgeKeepDays,
                    zone(),
                    noPast ? 0 : past,
                    rowsPerSecond);
        } catch (Options.OutOfRange wrong) {
            throw wrong("--" + wrong.option(), wrong.value());
        }
    }

    private Scenario scenario() {
        return Scenario.of(scenario)
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(),
                                "unknown scenario",
                                spec.findOption("--scenario").toBuilder()
                                        .paramLabel(
                                                Arrays.stream(Scenario.values())
                                                        .map(Scenario::key)
                                                        .collect(Collectors.joining("|")))
                                        .build(),
                                scenario));
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw wrong("--zone", zone);
        }
    }

    private Optional<Duration> length() {
        String text = length;
        if (text == null) {
            return Optional.empty();
        }
        Matcher parts = LENGTH.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw wrong("--for", text);
        }
        double seconds =
                switch (String.valueOf(parts.group(2))) {
                    case "m" -> 60;
                    case "h" -> 3_600;
                    case "d" -> 86_400;
                    default -> 1;
                };
        return Optional.of(
                Duration.ofMillis(Math.round(1e3 * seconds * Double.parseDouble(parts.group(1)))));
    }

    private ParameterException wrong(String option, String value) {
        return new ParameterException(
                spec.commandLine(), "wrong value", spec.findOption(option), value);
    }

    private boolean told;

    /** One line at the beginning; on a terminal the share as it grows. */
    private void progress(double share) {
        if (!told) {
            told = true;
            invocation().notice("simulator.filling", past);
        }
        if (terminal()) {
            invocation().err().printf("\r%3.0f %%%s", 100 * share, share >= 1 ? "\r     \r" : "");
            invocation().err().flush();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // the null checker knows the JDKs where it was null
    private static boolean terminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Runs in the shutdown: ends the room in order, then the process with 0. */
    private static void stop(CountDownLatch asked, CountDownLatch done) {
        asked.countDown();
        try {
            if (!done.await(12, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(Fault.Kind.FAILED.exitCode());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The process is ending; the hook runs and waits for us no longer.
            Thread.currentThread().setName("simulate-ended");
        }
    }
}
