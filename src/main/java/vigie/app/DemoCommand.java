package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import vigie.console.Behind;
import vigie.console.Console;
import vigie.console.ConsoleSettings;
import vigie.console.Drawn;
import vigie.console.Shot;
import vigie.console.history.Opening;
import vigie.console.replay.Start;
import vigie.console.start.Display;
import vigie.console.words.RoomZone;
import vigie.duty.ArchiveSettings;
import vigie.history.History;
import vigie.note.NoteBook;
import vigie.plan.OpenedPlan;
import vigie.simulator.Options;
import vigie.simulator.Scenario;
import vigie.simulator.Simulator;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.OwnSchema;
import vigie.store.RunningDemo;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.LateRows;
import vigie.timeline.LiveTimeline;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * {@code vigie demo}: a room that lives, with nothing to prepare: server, past, simulator, console,
 * stopped in the opposite order however the program ends.
 */
@Command(name = "demo")
final class DemoCommand extends Subcommand {
    /** The schema and the account that the README recommends for a real Home Assistant. */
    private static final String SCHEMA = "homeassistant";

    private static final String READER = "vigie";
    private static final String WRITER = "homeassistant";

    @Option(names = "--fresh")
    private boolean fresh;

    @Option(names = "--scenario", paramLabel = "NAME", defaultValue = "normal")
    private String scenario = "normal";

    @Option(names = "--pace", paramLabel = "N", defaultValue = "1")
    private double pace = 1;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1")
    private long seed = 1;

    @Mixin private PlanOption plan;
    @Mixin private PictureOption picture;
    @Mixin private ChartOption chart;
    @Mixin private OperatorOption operator;
    @Mixin private WallOption wall;

    DemoCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        long started = System.nanoTime();
        Options options = options();
        Optional<Shot> shot = picture.shot();
        Configuration configuration = configuration();
        OpenedPlan opened = plan.open(invocation(), configuration);
        ArchiveSettings archive = OnDuty.settings(configuration, opened.plan());
        ZoneId zone = RoomZone.of(opened.plan());
        Optional<Opening> opening = chart.opening(zone, Instant.now());
        Optional<Start> start = chart.replay(zone, Instant.now());
        wall.alone(opening.isPresent() || start.isPresent());
        // Better said before a server starts than after.
        Display.choose(shot.isPresent());
        // JavaFX takes as long to start as the server does, and neither needs the other.
        HeadStart.begin(shot);
        Clock clock = Clock.systemUTC();
        Path folder = invocation().folders().data().resolve("demo");
        Progress progress = new Progress(invocation());
        try (EmbeddedServer server =
                EmbeddedServer.start(
                        new EmbeddedServer.Options(
                                folder, invocation().folders().cache(), fresh, List.of()),
                        progress::step)) {
            server.createSchema(SCHEMA);
            DatabaseAddress writer = server.createWriter(WRITER, SCHEMA);
            DatabaseAddress reader = server.createReader(READER, SCHEMA);
            DatabaseAddress own = reader.own(Optional.empty());
            server.allowOwnSchema(READER, own.schema());
            try (Connections connections = new Connections(writer, "demo-writer")) {
                Simulator simulator =
                        Simulator.open(
                                connections, options, clock, progress.share("app.demo.past"));
                RunningDemo.Notice notice =
                        RunningDemo.announce(
                                invocation().folders(),
                                new RunningDemo(
                                        reader,
                                        Optional.of(writer),
                                        server.pid(),
                                        clock.instant()));
                // Also when a signal ends the program, the room closes its run before the server
                // goes.
                AtomicBoolean ending = new AtomicBoolean();
                server.beforeEnd(() -> {
                    ending.set(true);
                    notice.close();
                    simulator.close();
                });
                var _ =
                        server.ended()
                                .thenRun(() -> {
                                    if (!ending.get()) {
                                        invocation().notice("app.demo.serverGone");
                                    }
                                });
                simulator.start();
                return show(
                        configuration,
                        opened,
                        reader,
                        own,
                        archive,
                        shot,
                        opening,
                        start,
                        clock,
                        started);
            }
        }
    }

    private int show(
            Configuration configuration,
            OpenedPlan opened,
            DatabaseAddress reader,
            DatabaseAddress own,
            ArchiveSettings archive,
            Optional<Shot> shot,
            Optional<Opening> opening,
            Optional<Start> start,
            Clock clock,
            long started)
            throws Fault, InterruptedException {
        opened.banner()
                .ifPresent(banner -> invocation().err().println(invocation().words().say(banner)));
        LateRows late = new LateRows();
        ZoneId zone = RoomZone.of(opened.plan());
        String name = invocation().words().say("app.demo.name", reader.shown());
        CallFiles files = new CallFiles(this, plan);
        ShownSettings shown = new ShownSettings(files, configuration, opened);
        try (History history = new History(reader, own, zone);
                NoteBook notes = NoteBook.open(reader, own, invocation().folders().notes());
                DutyBeside duty = new DutyBeside(shot, reader, own, archive, clock)) {
            WindowPast past = new WindowPast(invocation(), history, late, notes, operator);
            ConsoleSettings settings =
                    new ConsoleSettings(
                                    new Drawn(
                                            invocation().words().locale(),
                                            opened.plan(),
                                            opened.banner(),
                                            name),
                                    past.of(
                                            configuration,
                                            opened.plan(),
                                            opening,
                                            start,
                                            Optional.empty()),
                                    shot)
                            .noticing(ProgramFiles.noticing(Distribution.here(), duty::notice));
            try (Console console =
                    Console.open(
                            wall.apply(settings, invocation().folders()),
                            () ->
                                    LiveTimeline.start(
                                            reader, OwnSchema.DEFAULT_NAME, clock, late))) {
                var _ = console.live().thenRun(() -> sayLive(started));
                if (shot.isPresent()) {
                    return WindowEnd.code(invocation(), console, shown::plan);
                }
                try (FileWatch _ =
                        shown.follow(
                                new ShownSettings.Window() {
                                    @Override
                                    public void show(
                                            Configuration now, OpenedPlan plan, boolean differs)
                                            throws Fault {
                                        duty.keep(OnDuty.settings(now, plan.plan()));
                                        if (differs) {
                                            console.draw(
                                                    new Drawn(
                                                            files.spoken(
                                                                    invocation().words().locale(),
                                                                    now),
                                                            plan.plan(),
                                                            plan.banner(),
                                                            name),
                                                    wall.isGiven()
                                                            ? Behind.NOTHING
                                                            : past.of(now, plan.plan()));
                                        }
                                    }

                                    @Override
                                    public void notice(Optional<Sentence> wrong) {
                                        console.notice(wrong);
                                    }
                                })) {
                    return WindowEnd.code(invocation(), console, shown::plan);
                }
            }
        }
    }

    private void sayLive(long started) {
        double seconds = Math.round((System.nanoTime() - started) / 1e8) / 10.0;
        invocation().notice("app.demo.live", seconds);
    }

    private Options options() throws Fault {
        Scenario chosen =
                Scenario.of(scenario)
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Kind.USAGE,
                                        Sentence.of(
                                                "app.demo.scenario",
                                                scenario,
                                                Arrays.stream(Scenario.values())
                                                        .map(Scenario::key)
                                                        .collect(Collectors.joining(", "))),
                                        "unknown scenario"));
        if (!(pace > 0 && pace <= 3_600)) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("app.demo.pace", Double.toString(pace)),
                    "pace out of range");
        }
        return Options.usual().withScenario(chosen).withPace(pace).withSeed(seed);
    }
}
