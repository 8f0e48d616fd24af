package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import vigie.console.words.RoomZone;
import vigie.simulator.Series;
import vigie.simulator.SeriesFile;
import vigie.simulator.SeriesImport;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.RunningDemo;
import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Words;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * {@code vigie simulate import FILE}: a real series into a simulated room's database, as Home
 * Assistant would have recorded it. Beside a simulator or a demo that runs.
 */
@Command(name = "import")
final class SimulateImportCommand extends Subcommand {
    private static final int SHOWN_GAPS = 20;

    @Spec private CommandSpec spec;

    @ParentCommand private @Nullable SimulateCommand parent;

    @Option(names = "--db-url", paramLabel = "URL")
    private @Nullable String url;

    @Mixin private PlanOption plan;

    @Option(names = "--point", paramLabel = "ENTITY", required = true)
    private String point = "";

    @Option(names = "--column", paramLabel = "NAME", required = true)
    private String column = "";

    @Option(names = "--unit", paramLabel = "U", required = true)
    private String unit = "";

    @Option(names = "--start", paramLabel = "T")
    private @Nullable String start;

    @Option(names = "--zone", paramLabel = "ZONE")
    private @Nullable String zone;

    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file = Path.of("");

    SimulateImportCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        // A whole second: what is told of the series stays short.
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ZoneId clock = clock();
        Optional<Instant> begun = Optional.empty();
        if (start != null) {
            begun = Optional.of(Moments.parse(start, clock, now));
            Moments.note(start, clock)
                    .ifPresent(note -> invocation().complain(invocation().words().say(note)));
        }
        Series asRead = SeriesFile.read(file, column, clock);
        Series series = begun.map(asRead::begunAt).orElse(asRead);
        DatabaseAddress address = address();
        try (Connections connections = new Connections(address, "simulate-import")) {
            Progress progress = new Progress(invocation());
            SeriesImport.Imported imported =
                    SeriesImport.write(
                            connections,
                            series,
                            point,
                            unit,
                            now,
                            progress.share("simulator.import.writing"));
            tell(series, imported, address, clock);
        }
        return 0;
    }

    private ZoneId clock() throws Fault {
        String named = zone;
        if (named == null) {
            return RoomZone.of(plan.open(invocation(), configuration()).plan());
        }
        try {
            return ZoneId.of(named);
        } catch (DateTimeException unknown) {
            throw new ParameterException(
                    spec.commandLine(), "wrong value", spec.findOption("--zone"), named);
        }
    }

    /** As for a simulated room; else the demo that runs, by the account that writes its room. */
    private DatabaseAddress address() throws Fault {
        Optional<DatabaseAddress> given =
                DatabaseOption.given(
                        invocation(),
                        configuration(),
                        Optional.ofNullable(url)
                                .or(() ->
                                        Optional.ofNullable(parent).flatMap(SimulateCommand::url)));
        if (given.isEmpty()) {
            Optional<RunningDemo> demo = RunningDemo.find(invocation().folders());
            if (demo.isPresent()) {
                DatabaseAddress writer = demo.get().writer().orElse(demo.get().address());
                invocation().notice("app.usingDemo", writer.shown());
                return writer;
            }
        }
        return given.isPresent() ? given.get() : DatabaseAddress.required(null);
    }

    private void tell(
            Series series, SeriesImport.Imported imported, DatabaseAddress address, ZoneId clock) {
        Words words = invocation().words();
        PrintStream out = invocation().out();
        out.println(
                words.say(
                        "simulator.import.done",
                        imported.rows(),
                        String.valueOf(file.getFileName()),
                        local(series.from(), clock),
                        local(series.to(), clock),
                        point,
                        address.schema(),
                        imported.states(),
                        imported.shortTerm(),
                        imported.hourly()));
        List<SeriesImport.Gap> gaps = imported.gaps();
        out.println(words.say("simulator.import.gaps", gaps.size(), series.longest().toString()));
        gaps.stream()
                .limit(SHOWN_GAPS)
                .forEach(gap ->
                        out.println(
                                words.say(
                                        "simulator.import.gap",
                                        local(gap.after(), clock),
                                        local(gap.until(), clock))));
        if (gaps.size() > SHOWN_GAPS) {
            out.println(words.say("simulator.import.more-gaps", gaps.size() - SHOWN_GAPS));
        }
        if (series.unknown() > 0) {
            out.println(words.say("simulator.import.unknown", series.unknown()));
        }
        if (series.repeated() > 0) {
            out.println(words.say("simulator.import.repeated", series.repeated()));
        }
        if (series.isStandardTime()) {
            out.println(words.say("simulator.import.standard", clock.getId()));
        }
        out.flush();
    }

    private static String local(Instant at, ZoneId clock) {
        return at.atZone(clock).toOffsetDateTime().toString();
    }
}
