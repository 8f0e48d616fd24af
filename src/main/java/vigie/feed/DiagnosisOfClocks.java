package vigie.feed;

import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges the three clocks: this console's, the database's, that of Home Assistant's host. Two that
 * agree against the third say whose is off.
 */
final class DiagnosisOfClocks {
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private DiagnosisOfClocks() {}

    static List<Finding> of(DiagnosisFacts facts) {
        Optional<Duration> database = facts.clock().ahead();
        Optional<Duration> source = sourceAhead(facts);
        return List.of(console(facts, database, source), source(facts, database, source));
    }

    /** How far Home Assistant's clock is ahead of the database's, where the log tells. */
    private static Optional<Duration> sourceAhead(DiagnosisFacts facts) {
        Optional<Duration> least = atLeastAhead(facts);
        return facts.recorder()
                .commits()
                .map(commits -> {
                    // A row from the future proves more than the waits for commits.
                    Duration ahead = commits.ahead();
                    return least.isPresent() && least.get().compareTo(ahead) > 0
                            ? least.get().isNegative() ? Duration.ZERO : least.get()
                            : ahead;
                })
                .or(() -> least.filter(ahead -> ahead.compareTo(TOLERANCE) > 0));
    }

    private static Optional<Duration> atLeastAhead(DiagnosisFacts facts) {
        Instant now = facts.clock().now();
        return facts.recorder().newest().map(newest -> Duration.between(now, newest));
    }

    private static Finding console(
            DiagnosisFacts facts, Optional<Duration> database, Optional<Duration> source) {
        if (database.isEmpty()) {
            return Finding.unchecked("clock", say("doctor.clock.slow"));
        }
        Duration ahead = database.get();
        if (!isOff(ahead)) {
            return Finding.ok(
                    "clock",
                    say(
                            "doctor.clock.ok",
                            Measure.span(ahead.abs().plusMillis(1)),
                            Measure.span(facts.clock().roundTrip())));
        }
        Sentence by = Measure.span(ahead);
        String way = ahead.isNegative() ? "behind" : "ahead";
        boolean consoleAlone = source.isPresent() && !isOff(source.get());
        boolean databaseAlone =
                source.isPresent() && isOff(source.get()) && !isOff(ahead.plus(source.get()));
        if (consoleAlone) {
            return Finding.warning(
                    "clock",
                    say(
                            ahead.isNegative()
                                    ? "doctor.clock.console.ahead"
                                    : "doctor.clock.console.behind",
                            by),
                    say("doctor.clock.remedy.console"));
        }
        return databaseAlone
                ? Finding.warning(
                        "clock",
                        say("doctor.clock.database." + way, by),
                        say("doctor.clock.remedy.database"))
                : Finding.warning(
                        "clock",
                        say("doctor.clock.two." + way, by),
                        say("doctor.clock.remedy.both"));
    }

    private static Finding source(
            DiagnosisFacts facts, Optional<Duration> database, Optional<Duration> source) {
        if (source.isEmpty()) {
            Optional<Duration> behind = atLeastAhead(facts).map(Duration::negated);
            boolean readable = facts.log().stream().known().map(Optional::isEmpty).orElse(false);
            return Finding.unchecked(
                    "source-clock",
                    behind.map(most ->
                                    say(
                                            readable
                                                    ? "doctor.source-clock.few"
                                                    : "doctor.source-clock.bound",
                                            Measure.span(most.isNegative() ? Duration.ZERO : most)))
                            .orElseGet(() -> say("doctor.source-clock.unknown")));
        }
        Duration ahead = source.get();
        if (!isOff(ahead)) {
            return Finding.ok("source-clock", say("doctor.source-clock.ok"));
        }
        Sentence by = Measure.span(ahead);
        boolean databaseAlone =
                database.isPresent() && !isOff(database.get().plus(ahead)) && isOff(database.get());
        return Finding.warning(
                "source-clock",
                say(
                        ahead.isNegative()
                                ? "doctor.source-clock.behind"
                                : "doctor.source-clock.ahead",
                        by),
                databaseAlone
                        ? say("doctor.clock.remedy.database")
                        : say("doctor.clock.remedy.source"));
    }

    private static boolean isOff(Duration difference) {
        return difference.abs().compareTo(TOLERANCE) > 0;
    }

    private static Sentence say(String key, Object... values) {
        return Sentence.of(key, values);
    }
}
