package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.console.Console;
import vigie.console.ConsoleSettings;
import vigie.console.Shot;
import vigie.console.difference.Against;
import vigie.console.film.FilmOrder;
import vigie.console.history.Opening;
import vigie.console.history.PastSettings;
import vigie.console.history.PastSource;
import vigie.console.replay.ReplaySettings;
import vigie.console.replay.Start;
import vigie.console.words.RoomZone;
import vigie.duty.ArchiveSettings;
import vigie.history.History;
import vigie.incident.IncidentFile;
import vigie.note.NoteBook;
import vigie.plan.OpenedPlan;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.HistoryRecorded;
import vigie.timeline.LiveTimeline;
import vigie.timeline.OccurrenceFinder;
import vigie.timeline.Recorded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** {@code vigie console}: the window on a database. */
@Command(name = "console")
final class ConsoleCommand extends Subcommand {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleCommand.class);

    @Mixin private DatabaseOption database;
    @Mixin private PlanOption plan;
    @Mixin private PictureOption picture;
    @Mixin private ChartOption chart;
    @Mixin private IncidentOption incident;
    @Mixin private OperatorOption operator;
    @Mixin private AgainstOption against;
    @Mixin private FilmOption film;
    @Mixin private WallOption wall;

    ConsoleCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        Optional<Shot> shot = picture.shot(film.isGiven());
        Configuration configuration = configuration();
        if (wall.isGiven()) {
            return hang(shot);
        }
        Optional<IncidentFile> asked = incident.open();
        if (asked.isPresent()) {
            try (IncidentFile file = asked.get()) {
                return show(file, shot);
            }
        }
        DatabaseAddress address = database.address(invocation(), configuration);
        DatabaseAddress own = DatabaseOption.own(invocation(), address);
        OpenedPlan opened = plan.open(invocation(), configuration);
        opened.banner()
                .ifPresent(banner -> invocation().err().println(invocation().words().say(banner)));
        ZoneId zone = RoomZone.of(opened.plan());
        Optional<Opening> opening = chart.opening(zone, Instant.now());
        Instant now = Instant.now();
        Optional<Start> start = chart.replay(zone, now);
        chart.notes(zone).forEach(this::tell);
        Optional<Against> compared = against.against(start, zone, now);
        Optional<FilmOrder> order = film.order(start, chart.speed(), picture.size(), now);
        if (order.isPresent()) {
            try (History history = new History(address, own, zone)) {
                return FilmOption.make(
                        invocation(),
                        new HistoryRecorded(history, (from, to, work, each) -> {}),
                        opened.plan(),
                        order.get());
            }
        }
        ArchiveSettings archive = OnDuty.settings(configuration, opened.plan());
        Clock clock = Clock.systemUTC();
        try (History history = new History(address, own, zone);
                NoteBook notes = NoteBook.open(address, own, invocation().folders().notes());
                OnDuty duty = OnDuty.beside(shot, address, own, archive, clock);
                Console console =
                        Console.open(
                                wall.apply(
                                        new ConsoleSettings(
                                                        invocation().words().locale(),
                                                        opened.plan(),
                                                        opened.banner(),
                                                        address.shown(),
                                                        shot,
                                                        Optional.of(
                                                                new PastSettings(
                                                                        PastSource.of(history),
                                                                        invocation()
                                                                                .folders()
                                                                                .charts(),
                                                                        opening)),
                                                        Optional.of(
                                                                Playing.of(
                                                                        configuration,
                                                                        history,
                                                                        new OccurrenceFinder(
                                                                                history,
                                                                                opened.plan(),
                                                                                notes),
                                                                        notes,
                                                                        operator.name(
                                                                                invocation(),
                                                                                configuration),
                                                                        start)),
                                                        compared)
                                                .noticing(duty::notice),
                                        invocation().folders()),
                                () -> LiveTimeline.start(address, own.schema(), clock))) {
            return WindowEnd.code(invocation(), console, opened);
        }
    }

    /**
     * A window on a wall: whatever is in the way of the present may pass, so it opens first and
     * asks then.
     */
    private int hang(Optional<Shot> shot) throws Fault, InterruptedException {
        Configuration configuration = configuration();
        OpenedPlan opened = plan.open(invocation(), configuration);
        ZoneId zone = RoomZone.of(opened.plan());
        Instant now = Instant.now();
        Optional<Start> start = chart.replay(zone, now);
        wall.alone(
                incident.isGiven()
                        || film.isGiven()
                        || start.isPresent()
                        || chart.opening(zone, now).isPresent()
                        || against.against(start, zone, now).isPresent());
        opened.banner().ifPresent(this::tell);
        Clock clock = Clock.systemUTC();
        ArchiveSettings archive = OnDuty.settings(configuration, opened.plan());
        try (WallSource source =
                        new WallSource(
                                invocation(),
                                () -> database.address(invocation(), configuration()),
                                (address, own) -> OnDuty.beside(shot, address, own, archive, clock),
                                clock);
                Console console =
                        Console.open(
                                wall.apply(
                                        new ConsoleSettings(
                                                        invocation().words().locale(),
                                                        opened.plan(),
                                                        opened.banner(),
                                                        "",
                                                        shot)
                                                .noticing(source::notice),
                                        invocation().folders()),
                                source)) {
            var _ = console.live().thenRun(ConsoleCommand::logLive);
            return WindowEnd.code(invocation(), console, opened);
        }
    }

    private static void logLive() {
        ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(start ->
                        LOG.info(
                                "the wall is live {} ms after its process began",
                                Duration.between(start, Instant.now()).toMillis()));
    }

    private void tell(Sentence sentence) {
        invocation().complain(invocation().words().say(sentence));
    }

    /** A window on a file: nothing of a database is asked or needed. */
    private int show(IncidentFile file, Optional<Shot> shot) throws Fault, InterruptedException {
        OpenedPlan drawn =
                new OpenedPlan(
                        file.plan(), OpenedPlan.Origin.FILE, Optional.empty(), Optional.empty());
        ZoneId zone = RoomZone.of(file.plan());
        chart.notes(zone).forEach(this::tell);
        ReplaySettings replay = Playing.of(file, incident.mode(), chart, zone);
        Instant end = file.manifest().to();
        Optional<Against> compared = against.against(replay.start(), zone, end);
        Optional<FilmOrder> order =
                film.order(
                        chart.replay(
                                incident.mode(),
                                new Recorded.Extent(file.manifest().begins(), end),
                                zone,
                                end),
                        chart.speed(),
                        picture.size(),
                        end);
        if (order.isPresent()) {
            return FilmOption.make(invocation(), file.recorded(), file.plan(), order.get());
        }
        try (Console console =
                Console.open(
                        new ConsoleSettings(
                                invocation().words().locale(),
                                file.plan(),
                                Optional.empty(),
                                file.file().toString(),
                                shot,
                                Optional.empty(),
                                Optional.of(replay),
                                compared),
                        () -> {
                            throw new IllegalStateException("an incident file has no present");
                        })) {
            return WindowEnd.code(invocation(), console, drawn);
        }
    }
}
