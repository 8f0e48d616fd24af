package vigie.app;

import vigie.console.start.Display;
import vigie.console.words.Figures;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.plan.PlanFile;
import vigie.store.Folders;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the doctor finds on this computer, before any database. It changes nothing. */
final class Machine {
    private static final long MEGABYTE = 1_000_000;

    /** The log's five files and its own room to turn in. */
    private static final long LEAST_FREE = 200 * MEGABYTE;

    /** Where systemd says that the clock was set by the network. */
    private static final Path SYNCHRONISED = Path.of("/run/systemd/timesync/synchronized");

    private Machine() {}

    /** What the configuration says; nothing where it cannot be read, and a finding says why. */
    static Configuration configuration(
            Invocation invocation, Optional<Path> named, List<Finding> findings) {
        Folders folders = invocation.folders();
        try {
            Configuration read = Configuration.read(named, folders);
            findings.add(
                    ok(
                            "config",
                            read.file()
                                    .map(file ->
                                            Sentence.of("doctor.config.found", file.toString()))
                                    .orElseGet(() ->
                                            Sentence.of(
                                                    "doctor.config.none",
                                                    folders.config()
                                                            .resolve(Configuration.NAME)
                                                            .toString(),
                                                    Configuration.SYSTEM
                                                            .resolve(Configuration.NAME)
                                                            .toString()))));
            return read;
        } catch (Fault wrong) {
            findings.add(blocked("config", wrong.sentence()));
            return new Configuration(Map.of(), Optional.empty());
        }
    }

    /** Everything else. */
    static void look(
            Invocation invocation,
            Configuration configuration,
            PlanOption plan,
            List<Finding> findings) {
        findings.add(
                ok(
                        "program",
                        Sentence.of(
                                "doctor.program.is",
                                Version.number(),
                                Runtime.version().toString(),
                                System.getProperty("os.name", "")
                                        + " "
                                        + System.getProperty("os.version", ""))));
        findings.add(plan(plan.file(invocation, configuration)));
        findings.add(display());
        for (Path folder : List.of(invocation.folders().state(), invocation.folders().data())) {
            findings.add(space(folder));
        }
        findings.add(clock(invocation));
    }

    /** Unlike a console it neither keeps a copy nor takes one. */
    private static Finding plan(Optional<Path> file) {
        if (file.isEmpty()) {
            return ok("plan", Sentence.of("doctor.plan.builtIn"));
        }
        try {
            var read = PlanFile.read(file.get());
            return ok(
                    "plan",
                    Sentence.of(
                            "doctor.plan.file",
                            file.get().toString(),
                            read.elements().size(),
                            read.placements().size()));
        } catch (Fault wrong) {
            return warning("plan", wrong.sentence(), Sentence.of("doctor.plan.remedy"));
        }
    }

    private static Finding display() {
        try {
            var _ = Display.choose(true);
        } catch (Fault lacks) {
            return warning("display", lacks.sentence());
        }
        try {
            var _ = Display.choose(false);
            return ok("display", Sentence.of("doctor.display.here"));
        } catch (Fault lacks) {
            return lacks.sentence().key().equals("console.start.no-display")
                    ? new Finding(
                            Grade.UNCHECKED,
                            "display",
                            Sentence.of("doctor.display.none"),
                            Optional.empty())
                    : warning("display", lacks.sentence());
        }
    }

    private static Finding space(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isWritable(there)) {
            return warning(
                    "space",
                    Sentence.of("doctor.space.unwritable", folder.toString()),
                    Sentence.of("doctor.space.unwritable.remedy", there.toString()));
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            long megabytes = free / MEGABYTE;
            return free < LEAST_FREE
                    ? warning(
                            "space",
                            Sentence.of("doctor.space.little", megabytes, folder.toString()),
                            Sentence.of("doctor.space.remedy"))
                    : ok("space", Sentence.of("doctor.space.free", megabytes, folder.toString()));
        } catch (IOException unknown) {
            return new Finding(
                    Grade.UNCHECKED,
                    "space",
                    Sentence.of("doctor.space.unknown", folder.toString()),
                    Optional.empty());
        }
    }

    /** How far it is from the database's is told with the database. */
    private static Finding clock(Invocation invocation) {
        Instant now = Instant.now();
        Figures figures = new Figures(invocation.words(), ZoneId.systemDefault());
        String here =
                figures.day(now) + ", " + figures.clock(now) + " (" + figures.zoneName(now) + ")";
        return Files.exists(SYNCHRONISED)
                ? ok("local-clock", Sentence.of("doctor.local-clock.kept", here))
                : new Finding(
                        Grade.UNCHECKED,
                        "local-clock",
                        Sentence.of("doctor.local-clock.unknown", here),
                        Optional.empty());
    }

    static Finding blocked(String key, Sentence what) {
        return new Finding(Grade.BLOCKED, key, what, Optional.empty());
    }

    private static Finding ok(String key, Sentence what) {
        return new Finding(Grade.OK, key, what, Optional.empty());
    }

    /** For sentences that say what to do themselves. */
    private static Finding warning(String key, Sentence what) {
        return new Finding(Grade.WARNING, key, what, Optional.empty());
    }

    private static Finding warning(String key, Sentence what, Sentence remedy) {
        return new Finding(Grade.WARNING, key, what, Optional.of(remedy));
    }
}
