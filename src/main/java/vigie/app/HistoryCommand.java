package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import vigie.console.words.RoomZone;
import vigie.history.History;
import vigie.history.Work;
import vigie.history.export.CsvRanges;
import vigie.history.export.JsonRanges;
import vigie.plan.Plan;
import vigie.point.PointId;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * {@code vigie history POINT…}: what points did between two moments, as a table, JSON lines or CSV,
 * on standard output or into a file.
 */
@Command(name = "history")
final class HistoryCommand extends Subcommand {
    private static final int NOTHING_FOUND = 1;
    private static final int MOST_BUCKETS = 100_000;

    /** How to write it. */
    enum Choice {
        TEXT,
        JSON,
        CSV
    }

    @Spec private CommandSpec spec;

    @Mixin private DatabaseOption database;

    @Mixin private PlanOption plan;

    @Mixin private RangeOption range;

    @Option(names = "--points", paramLabel = "N")
    private int buckets = 100;

    @Option(names = "--format", paramLabel = "text|json|csv")
    private @Nullable Choice format;

    @Option(names = "--output", paramLabel = "FILE")
    private @Nullable Path output;

    /** In place of a table, where no other file is asked for. */
    @Option(names = "--png", paramLabel = "FILE")
    private @Nullable Path png;

    @Option(names = "--size", paramLabel = "WxH")
    private @Nullable String size;

    @Parameters(paramLabel = "POINT", descriptionKey = "POINT", arity = "1..*")
    private List<String> wanted = new ArrayList<>();

    private Optional<HistoryPicture> picture = Optional.empty();

    HistoryCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        if (buckets < 1 || buckets > MOST_BUCKETS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "points out of range",
                    spec.findOption("--points").toBuilder()
                            .paramLabel("1 – " + MOST_BUCKETS)
                            .build(),
                    String.valueOf(buckets));
        }
        Configuration configuration = configuration();
        Plan drawn = plan.open(invocation(), configuration).plan();
        ZoneId zone = RoomZone.of(drawn);
        Path image = png;
        if (image == null && size != null) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("history.size-alone"),
                    "a size without a picture");
        }
        if (image != null) {
            picture = Optional.of(HistoryPicture.of(drawn, invocation().words(), size, image));
        }
        RangeOption.Range asked = range.range(zone, Instant.now());
        asked.notes().forEach(note -> invocation().complain(invocation().words().say(note)));
        DatabaseAddress address = database.address(invocation(), configuration);
        DatabaseAddress own = DatabaseOption.own(invocation(), address);
        Work work = new Work();
        try (Stopping stopping = new Stopping();
                Past past = Past.of(new History(address, own, zone))) {
            stopping.then(work::cancel);
            if (output == null) {
                stopping.whenNobodyReads();
            }
            return answer(past, asked, zone, work, stopping);
        }
    }

    /** A stream that is ended is done; a file that is not written is not. */
    private int answer(
            Past past, RangeOption.Range asked, ZoneId zone, Work work, Stopping stopping)
            throws Fault, InterruptedException {
        try {
            return answer(past, asked, zone, work);
        } catch (CancellationException cancelled) {
            if (output == null) {
                return 0;
            }
            invocation().notice("history.cancelled", output.toString());
            stopping.with(NOTHING_FOUND);
            return NOTHING_FOUND;
        }
    }

    /** Asks and writes; apart from {@link #run}, which connects and listens to signals. */
    int answer(Past past, RangeOption.Range asked, ZoneId zone, Work work)
            throws Fault, InterruptedException {
        HistoryExport export = new HistoryExport(past, work);
        HistoryExport.Found found = export.find(wanted);
        for (String unknown : found.unknown()) {
            UnknownPoint.say(invocation(), unknown, found.all());
        }
        if (found.points().isEmpty()) {
            return NOTHING_FOUND;
        }
        Path file = output;
        List<PointId> nothing;
        if (picture.isPresent() && file == null) {
            nothing = picture.get().write(past, found.points(), asked, work);
        } else if (file == null) {
            PrintStream out = invocation().out();
            nothing =
                    write(
                            export,
                            found.points(),
                            asked,
                            zone,
                            out,
                            _ -> {},
                            () -> !out.checkError());
            if (out.checkError()) {
                // The reader has what it wanted.
                return 0;
            }
        } else {
            if (picture.isPresent()) {
                picture.get().write(past, found.points(), asked, work);
            }
            try (OutputFile unfinished = OutputFile.begin(file)) {
                Progress progress = new Progress(invocation());
                nothing =
                        write(
                                export,
                                found.points(),
                                asked,
                                zone,
                                unfinished.stream(),
                                progress.share("history.writing"),
                                () -> true);
                work.check();
                unfinished.keep();
            }
        }
        if (choice() == Choice.TEXT && picture.isEmpty()) {
            past.missing(work)
                    .ifPresent(missing -> invocation().complain(invocation().words().say(missing)));
        }
        for (PointId point : nothing) {
            invocation()
                    .notice(
                            "history.nothing",
                            point.name(),
                            shown(asked.from(), zone),
                            shown(asked.to(), zone));
        }
        boolean all = found.unknown().isEmpty() && nothing.size() < found.points().size();
        return all ? 0 : NOTHING_FOUND;
    }

    private static String shown(Instant at, ZoneId zone) {
        return at.truncatedTo(ChronoUnit.SECONDS).atZone(zone).toOffsetDateTime().toString();
    }

    private List<PointId> write(
            HistoryExport export,
            List<PointId> points,
            RangeOption.Range asked,
            ZoneId zone,
            OutputStream to,
            DoubleConsumer progress,
            BooleanSupplier goesOn)
            throws Fault {
        try {
            return switch (choice()) {
                case JSON ->
                        export.write(points, asked, buckets, new JsonRanges(to), progress, goesOn);
                case CSV ->
                        export.write(
                                points, asked, buckets, new CsvRanges(to, zone), progress, goesOn);
                case TEXT -> {
                    PrintStream out =
                            to instanceof PrintStream already
                                    ? already
                                    : new PrintStream(to, false, StandardCharsets.UTF_8);
                    HistoryTable table = new HistoryTable(out, invocation().words(), zone);
                    List<PointId> nothing =
                            export.write(points, asked, buckets, table, progress, goesOn);
                    table.sources();
                    table.flush();
                    if (out.checkError() && output != null) {
                        throw new IOException("the text could not be written");
                    }
                    yield nothing;
                }
            };
        } catch (IOException failed) {
            if (output == null) {
                // The reader went away; a stream to it says so by itself.
                return List.of();
            }
            throw OutputFile.unwritable(output, failed);
        }
    }

    /** As asked; else by the file's name; else a table. */
    private Choice choice() {
        return Optional.ofNullable(format)
                .or(() -> Optional.ofNullable(output).flatMap(HistoryCommand::byName))
                .orElse(Choice.TEXT);
    }

    private static Optional<Choice> byName(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return Optional.of(Choice.CSV);
        }
        return name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")
                ? Optional.of(Choice.JSON)
                : Optional.empty();
    }
}
