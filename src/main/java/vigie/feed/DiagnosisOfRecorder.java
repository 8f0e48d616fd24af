package vigie.feed;

import vigie.feed.DiagnosisFacts.Answer;
import vigie.feed.DiagnosisFacts.Run;
import vigie.recorder.RecorderSchema;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges Home Assistant's tables, and whether and how it writes them. */
final class DiagnosisOfRecorder {
    /** A house always has a sensor that changes. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(2);

    private DiagnosisOfRecorder() {}

    static List<Finding> of(DiagnosisFacts facts) {
        DiagnosisFacts.Recorder recorder = facts.recorder();
        List<Finding> findings = new ArrayList<>();
        if (recorder.schema().isEmpty()) {
            findings.add(
                    recorder.fault()
                            .map(DiagnosisOfRecorder::unreadable)
                            .orElseGet(
                                    () -> Finding.unchecked("tables", say("doctor.unanswered"))));
            findings.add(Finding.unchecked("recorder", say("doctor.runs.no-tables")));
            return findings;
        }
        RecorderSchema schema = recorder.schema().get();
        findings.add(tables(schema));
        findings.add(index(schema));
        Instant now = facts.clock().now();
        findings.add(run(recorder, now));
        findings.add(newest(recorder, now));
        recorder.oldest()
                .ifPresent(oldest ->
                        findings.add(
                                Finding.ok(
                                        "history",
                                        say(
                                                "doctor.history.ok",
                                                Measure.span(Duration.between(oldest, now))))));
        findings.add(commits(recorder));
        return findings;
    }

    private static Finding unreadable(Fault fault) {
        return fault.kind() == Fault.Kind.BLOCKED
                ? DiagnosisRemedies.finding(Finding.Grade.BLOCKED, "tables", fault.sentence())
                : Finding.unchecked("tables", fault.sentence());
    }

    private static Finding tables(RecorderSchema schema) {
        String version = Integer.toString(schema.version());
        return schema.isNewerThanKnown()
                ? Finding.warning(
                        "tables",
                        Sentence.of(
                                "recorder.newer",
                                schema.name(),
                                version,
                                Integer.toString(RecorderSchema.NEWEST_KNOWN)),
                        say("doctor.tables.update"))
                : Finding.ok("tables", say("doctor.tables.ok", schema.name(), version));
    }

    private static Finding index(RecorderSchema schema) {
        return schema.hasNewestIndex()
                ? Finding.ok("index", say("doctor.index.ok"))
                : Finding.warning(
                        "index",
                        say("doctor.index.missing"),
                        say("doctor.index.remedy", schema.name()));
    }

    private static Finding run(DiagnosisFacts.Recorder recorder, Instant now) {
        return switch (recorder.run()) {
            case Answer.Known<Optional<Run>>(Optional<Run> run) -> {
                if (run.isEmpty()) {
                    yield Finding.warning(
                            "recorder", say("doctor.runs.never"), say("doctor.runs.never.remedy"));
                }
                Optional<Instant> end = run.get().end();
                yield end.isPresent()
                        ? Finding.warning(
                                "recorder",
                                say(
                                        "doctor.runs.stopped",
                                        Measure.span(Duration.between(end.get(), now))),
                                say("doctor.runs.stopped.remedy"))
                        : Finding.ok(
                                "recorder",
                                say(
                                        "doctor.runs.runs",
                                        Measure.span(Duration.between(run.get().start(), now))));
            }
            case Answer.Denied<Optional<Run>>() ->
                    Finding.unchecked("recorder", say("doctor.runs.denied"));
            case Answer.Unknown<Optional<Run>>() ->
                    Finding.unchecked("recorder", say("doctor.unanswered"));
        };
    }

    private static Finding newest(DiagnosisFacts.Recorder recorder, Instant now) {
        if (recorder.newest().isEmpty()) {
            return Finding.warning(
                    "newest", say("doctor.newest.none"), say("doctor.newest.remedy"));
        }
        Duration age = Duration.between(recorder.newest().get(), now);
        if (age.compareTo(LONGEST_SILENCE) > 0) {
            return Finding.warning(
                    "newest",
                    say("doctor.newest.old", Measure.span(age)),
                    say("doctor.newest.remedy"));
        }
        return Finding.ok(
                "newest",
                age.isNegative()
                        ? say("doctor.newest.now")
                        : say("doctor.newest.ok", Measure.span(age)));
    }

    private static Finding commits(DiagnosisFacts.Recorder recorder) {
        Optional<CommitsSeen> seen = recorder.commits();
        if (seen.isEmpty()) {
            return Finding.unchecked("commits", say("doctor.commits.unknown"));
        }
        Duration interval = seen.get().interval();
        if (interval.compareTo(LONGEST_INTERVAL) > 0) {
            return Finding.warning(
                    "commits",
                    say("doctor.commits.slow", Measure.span(interval)),
                    say("doctor.commits.remedy"));
        }
        return Finding.ok(
                "commits",
                interval.compareTo(Duration.ofSeconds(1)) <= 0
                        ? say("doctor.commits.fast")
                        : say("doctor.commits.ok", Measure.span(interval)));
    }

    private static Sentence say(String key, Object... values) {
        return Sentence.of(key, values);
    }
}
