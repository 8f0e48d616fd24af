package vigie.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import vigie.history.HistoryPoint;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.PlanCheck;
import vigie.plan.PlanFile;
import vigie.plan.Quantity;
import vigie.point.Units;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code vigie plan check [FILE]}: everything that is wrong with a plan, a line each with the place
 * and the remedy; and where a database is known, how plan and database fit. Ends with 0 when all is
 * well, 1 with warnings, 3 when the plan cannot be used or the database not be asked.
 */
@Command(name = "check")
final class PlanCheckCommand extends Subcommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a line says of the plan; the order is that of the exit codes. */
    private enum Grade {
        /** A point of the database that is not bound: worth knowing, nothing wrong. */
        FREE("·"),
        WARNING("!"),
        BLOCKED("✗");

        private final String mark;

        Grade(String mark) {
            this.mark = mark;
        }
    }

    /**
     * A line.
     *
     * @param at JSON pointer into the file; empty where it is not about the file
     * @param subject the element's id, or a point's name
     * @param near names that may have been meant
     */
    private record Line(
            Grade grade,
            Optional<String> at,
            Optional<String> subject,
            Sentence said,
            List<String> near) {}

    @Mixin private DatabaseOption database;

    @Mixin private PlanOption plan;

    @Mixin private FormatOption format;

    @Parameters(paramLabel = "FILE", descriptionKey = "FILE", arity = "0..1")
    private @Nullable Path file;

    PlanCheckCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Configuration configuration = configuration();
        Optional<Path> asked =
                Optional.ofNullable(file).or(() -> plan.file(invocation(), configuration));
        PlanCheck check =
                asked.isPresent()
                        ? PlanFile.check(asked.get())
                        : new PlanCheck(Optional.of(PlanFile.builtIn()), List.of(), false);
        List<Line> lines = new ArrayList<>();
        for (PlanCheck.Fault wrong : check.faults()) {
            lines.add(
                    new Line(
                            Grade.BLOCKED,
                            Optional.of(wrong.pointer()),
                            wrong.element(),
                            wrong.expected(),
                            List.of()));
        }
        Optional<Fault> away = Optional.empty();
        boolean compared = false;
        Optional<DatabaseAddress> address = database.known(invocation(), configuration);
        if (check.plan().isPresent() && address.isPresent()) {
            try {
                PlanPoints points = PlanPoints.of(invocation(), address.get());
                compare(check.plan().get(), points, lines);
                compared = true;
            } catch (Fault notAsked) {
                away = Optional.of(notAsked);
            }
        }
        Grade worst = lines.stream().map(Line::grade).max(Grade::compareTo).orElse(Grade.FREE);
        lines.forEach(this::print);
        verdict(
                asked.map(Path::toString)
                        .orElseGet(() -> invocation().words().say("plan.check.built-in")),
                check,
                lines,
                compared);
        if (away.isPresent()) {
            throw away.get();
        }
        return switch (worst) {
            case FREE -> 0;
            case WARNING -> 1;
            case BLOCKED -> Fault.Kind.BLOCKED.exitCode();
        };
    }

    private static void compare(Plan plan, PlanPoints points, List<Line> lines) {
        Instant now = Instant.now();
        Set<String> bound = new HashSet<>();
        List<Placement> placements = plan.placements();
        for (int i = 0; i < placements.size(); i++) {
            Placement one = placements.get(i);
            if (one.span().to().filter(end -> !end.isAfter(now)).isPresent()) {
                continue;
            }
            bound.add(one.point().name());
            Optional<HistoryPoint> found = points.find(one.point());
            Optional<String> at = Optional.of("/placements/" + i);
            if (found.isEmpty()) {
                List<String> near = points.near(one.point());
                lines.add(
                        new Line(
                                Grade.WARNING,
                                at,
                                Optional.of(one.sensor().value()),
                                near.isEmpty()
                                        ? Sentence.of("plan.check.lacks", one.point().name())
                                        : Sentence.of(
                                                "plan.check.lacks-near",
                                                one.point().name(),
                                                String.join(", ", near)),
                                near));
            } else {
                mismatch(one, found.get())
                        .ifPresent(said ->
                                lines.add(
                                        new Line(
                                                Grade.WARNING,
                                                at,
                                                Optional.of(one.sensor().value()),
                                                said,
                                                List.of())));
            }
        }
        for (HistoryPoint point : points.byName().values()) {
            if (!bound.contains(point.name().name())) {
                lines.add(
                        new Line(
                                Grade.FREE,
                                Optional.empty(),
                                Optional.of(point.name().name()),
                                free(point),
                                List.of()));
            }
        }
    }

    /** What a placement will not show as it is. */
    private static Optional<Sentence> mismatch(Placement placement, HistoryPoint point) {
        Quantity quantity = placement.quantity();
        if (!quantity.isNumber() || !point.attributes().known()) {
            return Optional.empty();
        }
        String name = placement.point().name();
        Optional<String> unit = point.attributes().unit();
        if (unit.isEmpty()) {
            return Optional.of(
                    Sentence.of("plan.check.no-unit", name, quantity.word(), quantity.unit()));
        }
        return Units.convertible(unit.get(), quantity.unit())
                ? Optional.empty()
                : Optional.of(
                        Sentence.of(
                                "plan.check.other-unit",
                                name,
                                unit.get(),
                                quantity.word(),
                                quantity.unit()));
    }

    private static Sentence free(HistoryPoint point) {
        String called = point.attributes().friendlyName().orElse(point.name().name());
        return point.attributes().unit().isPresent()
                ? Sentence.of("plan.check.free-unit", called, point.attributes().unit().get())
                : Sentence.of("plan.check.free", called);
    }

    private void print(Line line) {
        String said = invocation().words().say(line.said());
        if (format.isJson()) {
            json(json -> {
                json.writeStringField("grade", word(line.grade()));
                nullable(json, "at", line.at());
                nullable(json, line.grade() == Grade.FREE ? "point" : "element", line.subject());
                json.writeStringField("found", said);
                json.writeArrayFieldStart("near");
                for (String near : line.near()) {
                    json.writeString(near);
                }
                json.writeEndArray();
            });
            return;
        }
        String place =
                switch (line.grade()) {
                    case FREE -> line.subject().orElse("");
                    case WARNING, BLOCKED ->
                            line.at()
                                    .filter(at -> !at.isEmpty())
                                    .map(at ->
                                            at
                                                    + line.subject()
                                                            .map(its -> " (" + its + ")")
                                                            .orElse(""))
                                    .orElse("");
                };
        invocation()
                .out()
                .println(
                        StateCommand.printable(
                                "%s %s%s%s"
                                        .formatted(
                                                line.grade().mark,
                                                place,
                                                place.isEmpty() ? "" : ": ",
                                                said)));
    }

    private void verdict(String name, PlanCheck check, List<Line> lines, boolean compared) {
        long warnings = lines.stream().filter(one -> one.grade() == Grade.WARNING).count();
        long free = lines.stream().filter(one -> one.grade() == Grade.FREE).count();
        if (format.isJson()) {
            json(json -> {
                json.writeStringField(
                        "result",
                        !check.faults().isEmpty() ? "blocked" : warnings > 0 ? "warning" : "ok");
                json.writeStringField("plan", name);
                json.writeNumberField("faults", check.faults().size());
                json.writeBooleanField("more", check.more());
                json.writeNumberField("warnings", warnings);
                json.writeBooleanField("compared", compared);
                json.writeNumberField("free", free);
            });
        } else if (!check.faults().isEmpty()) {
            say(
                    check.more() ? "plan.check.blocked-more" : "plan.check.blocked",
                    name,
                    check.faults().size());
        } else {
            Plan read = check.plan().orElseThrow();
            say(
                    compared ? "plan.check.compared" : "plan.check.fine",
                    name,
                    read.elements().size(),
                    read.placements().size(),
                    warnings,
                    free);
        }
        invocation().out().flush();
    }

    private void say(String key, Object... values) {
        invocation().out().println(invocation().words().say(key, values));
    }

    private static String word(Grade grade) {
        return grade.name().toLowerCase(Locale.ROOT);
    }

    private static void nullable(JsonGenerator json, String name, Optional<String> value)
            throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        } else {
            json.writeNullField(name);
        }
    }

    /** Fills in an object's members. */
    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private void json(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing into memory failed", impossible);
        }
        invocation().out().println(text);
    }
}
