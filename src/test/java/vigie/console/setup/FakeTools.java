package vigie.console.setup;

import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.feed.Present;
import vigie.plan.Plan;
import vigie.setup.Change;
import vigie.setup.SettingsFile;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A database that finds what a test says, and a file that remembers what was written. */
final class FakeTools {
    static final Path FILE = Path.of("/home/noc/.config/vigie/vigie.yaml");

    /** What was to be written. */
    record Order(Change change, Optional<Plan> drawn, Locale language) {}

    final List<DatabaseAddress> looked = new ArrayList<>();
    final List<DatabaseAddress> read = new ArrayList<>();
    final List<Order> written = new ArrayList<>();
    Grade grade = Grade.OK;
    Optional<Sentence> refusal = Optional.empty();
    boolean breaks;

    SetupTools with(Later later, Executor home) {
        return new SetupTools(this::look, this::present, this::write, FILE, later, home);
    }

    private Diagnosis look(DatabaseAddress address) throws Fault {
        looked.add(address);
        refuse();
        return found(grade);
    }

    private Present present(DatabaseAddress address) throws Fault {
        read.add(address);
        refuse();
        return new Present(
                new vigie.room.Group("", Optional.empty(), List.of()),
                Instant.parse("2026-11-26T12:00:00Z"));
    }

    private SettingsFile.Written write(Change change, Optional<Plan> drawn, Locale language)
            throws Fault {
        refuse();
        written.add(new Order(change, drawn, language));
        return new SettingsFile.Written(FILE, Optional.empty(), Optional.empty());
    }

    private void refuse() throws Fault {
        if (breaks) {
            throw new IllegalStateException("for the test");
        }
        if (refusal.isPresent()) {
            throw new Fault(Fault.Kind.BLOCKED, refusal.get(), "for the test");
        }
    }

    static Diagnosis found(Grade grade) {
        return new Diagnosis(
                List.of(
                        new Diagnosis.Host(
                                "db:3306",
                                List.of(
                                        new Finding(
                                                Grade.OK,
                                                "port",
                                                Sentence.of("doctor.login.ok", "'vigie'@'%'"),
                                                Optional.empty()),
                                        new Finding(
                                                grade,
                                                "login",
                                                Sentence.of("doctor.login.ok", "'vigie'@'%'"),
                                                grade == Grade.OK
                                                        ? Optional.empty()
                                                        : Optional.of(
                                                                Sentence.of(
                                                                        "doctor.login.schema",
                                                                        "ha")))))),
                List.of(),
                List.of(
                        new Diagnosis.Recipe(
                                "reader",
                                Sentence.of("doctor.recipe.reader", "ha"),
                                List.of("GRANT SELECT ON `ha`.* TO 'vigie'@'%';"))));
    }
}
