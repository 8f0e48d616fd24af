package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.console.Behind;
import vigie.console.Console;
import vigie.console.ConsoleSettings;
import vigie.console.Drawn;
import vigie.console.Shot;
import vigie.console.Surroundings;
import vigie.console.difference.Against;
import vigie.console.film.FilmOrder;
import vigie.console.history.Opening;
import vigie.console.replay.ReplaySettings;
import vigie.console.replay.Start;
import vigie.console.setup.Assistant;
import vigie.console.setup.SetupOffer;
import vigie.console.start.OpenWindow;
import vigie.console.words.RoomZone;
import vigie.duty.ArchiveSettings;
import vigie.history.History;
import vigie.incident.IncidentFile;
import vigie.note.NoteBook;
import vigie.plan.OpenedPlan;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;
import vigie.timeline.HistoryRecorded;
import vigie.timeline.LateRows;
import vigie.timeline.LiveTimeline;
import vigie.timeline.Recorded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
        if (wall.isGiven()) {
            return hang(shot);
        }
        Configuration configuration = configuration();
        if (incident.isGiven() && !film.isGiven()) {
            HeadStart.begin(shot);
        }
        Optional<IncidentFile> asked = incident.open();
        if (asked.isPresent()) {
            try (IncidentFile file = asked.get()) {
                return show(file, shot);
            }
        }
        Optional<DatabaseAddress> known = database.known(invocation(), configuration);
        boolean window = shot.isEmpty() && !film.isGiven();
        Now now;
        if (known.isPresent()) {
            now = new Now(invocation(), configuration, known.get(), Optional.empty());
        } else if (window && SetupPages.canAsk()) {
            Optional<Now> settled = ask(configuration);
            if (settled.isEmpty()) {
                invocation().notice("setup.cancelled");
                return Fault.Kind.BLOCKED.exitCode();
            }
            now = settled.get();
        } else {
            throw Distribution.here().noDatabase();
        }
        return follow(now, shot, window);
    }

    /** Goes on in the window in which everything was settled. */
    int goOn(Assistant settledIn) throws Fault, InterruptedException {
        return follow(settled(settledIn), Optional.empty(), true);
    }

    private int follow(Now first, Optional<Shot> shot, boolean window)
            throws Fault, InterruptedException {
        Now now = first;
        while (true) {
            Ended ended = show(now, shot, window);
            if (ended.code() != Console.AGAIN) {
                return ended.code();
            }
            Configuration settled = configuration();
            Invocation next = speaking(ended.language(), settled);
            now = new Now(next, settled, database.address(next, settled), ended.window());
        }
    }

    /** What is shown, and where. */
    private record Now(
            Invocation invocation,
            Configuration configuration,
            DatabaseAddress address,
            Optional<OpenWindow> window) {}

    /** How a window ended. */
    private record Ended(int code, Locale language, Optional<OpenWindow> window) {}

    /** Nothing says which database: somebody is asked, and the console goes on in that window. */
    private Optional<Now> ask(Configuration configuration) throws Fault, InterruptedException {
        Optional<Assistant> asked =
                SetupPages.ask(
                        invocation(), configuration, SetupPages.ofUser(invocation(), configFile()));
        return asked.isEmpty() ? Optional.empty() : Optional.of(settled(asked.get()));
    }

    private Now settled(Assistant asked) throws Fault {
        Configuration settled = configuration();
        Invocation next = speaking(asked.language(), settled);
        return new Now(next, settled, database.address(next, settled), Optional.of(asked.window()));
    }

    private Invocation speaking(Locale language, Configuration settled) throws Fault {
        return new Invocation(
                invocation().environment(),
                Words.in(Language.of(language, settled)),
                invocation().out(),
                invocation().err());
    }

    /** What counts in this session whatever the page of settings says. */
    private List<String> outweighed() {
        List<String> names = new ArrayList<>();
        if (database.isGiven()) {
            names.add("--db-url");
        }
        if (plan.isGiven()) {
            names.add("--plan");
        }
        if (givenLanguage().isPresent()) {
            names.add("--lang");
        }
        if (operator.isGiven()) {
            names.add("--as");
        }
        for (String variable : List.of("MARIADB_URL", "VIGIE_PLAN", "VIGIE_LANG", "VIGIE_AS")) {
            if (invocation().variable(variable).isPresent()) {
                names.add(variable);
            }
        }
        return names;
    }

    private Ended show(Now settled, Optional<Shot> shot, boolean window)
            throws Fault, InterruptedException {
        Invocation world = settled.invocation();
        Configuration configuration = settled.configuration();
        DatabaseAddress address = settled.address();
        DatabaseAddress own = DatabaseOption.own(world, address);
        OpenedPlan opened = plan.open(world, configuration);
        opened.banner().ifPresent(banner -> world.err().println(world.words().say(banner)));
        ZoneId zone = RoomZone.of(opened.plan());
        Optional<Opening> opening = chart.opening(zone, Instant.now());
        Instant now = Instant.now();
        Optional<Start> start = chart.replay(zone, now);
        chart.notes(zone).forEach(this::tell);
        Optional<Against> compared = against.against(start, zone, now);
        Optional<FilmOrder> order = film.order(start, chart.speed(), picture.size(), now);
        if (order.isPresent()) {
            try (History history = new History(address, own, zone)) {
                return new Ended(
                        FilmOption.make(
                                world,
                                new HistoryRecorded(history, (from, to, work, each) -> {}),
                                opened.plan(),
                                order.get()),
                        world.words().locale(),
                        Optional.empty());
            }
        }
        ArchiveSettings archive = OnDuty.settings(configuration, opened.plan());
        Clock clock = Clock.systemUTC();
        LateRows late = new LateRows();
        ShownSettings shown = new ShownSettings(files(), configuration, opened);
        AtomicReference<Runnable> look = new AtomicReference<>(() -> {});
        try (History history = new History(address, own, zone);
                NoteBook notes = NoteBook.open(address, own, world.folders().notes());
                DutyBeside duty = new DutyBeside(shot, address, own, archive, clock)) {
            WindowPast past = new WindowPast(world, history, late, notes, operator);
            try (Console console =
                    Console.open(
                            wall.apply(
                                    new ConsoleSettings(
                                                    drawn(world, configuration, opened, address),
                                                    past.of(
                                                            configuration,
                                                            opened.plan(),
                                                            opening,
                                                            start,
                                                            compared),
                                                    shot)
                                            .noticing(
                                                    ProgramFiles.noticing(
                                                            Distribution.here(), duty::notice)),
                                    world.folders()),
                            () -> LiveTimeline.start(address, own.schema(), clock, late),
                            new Surroundings(
                                    settled.window(),
                                    window
                                            ? Optional.of(offer(world, shown, look))
                                            : Optional.empty()))) {
                int code;
                if (window) {
                    try (FileWatch watch =
                            shown.follow(
                                    new ShownSettings.Window() {
                                        @Override
                                        public void show(
                                                Configuration now, OpenedPlan plan, boolean differs)
                                                throws Fault {
                                            if (isElsewhere(now, address)
                                                    || !RoomZone.of(plan.plan()).equals(zone)) {
                                                console.again();
                                                return;
                                            }
                                            duty.keep(OnDuty.settings(now, plan.plan()));
                                            if (differs) {
                                                console.draw(
                                                        drawn(world, now, plan, address),
                                                        past.of(now, plan.plan()));
                                            }
                                        }

                                        @Override
                                        public void notice(Optional<Sentence> wrong) {
                                            console.notice(wrong);
                                        }
                                    })) {
                        look.set(watch::look);
                        code = WindowEnd.code(world, console, shown::plan);
                    }
                } else {
                    code = WindowEnd.code(world, console, shown::plan);
                }
                return code == Console.AGAIN
                        ? new Ended(code, console.language(), Optional.of(console.leaveWindow()))
                        : new Ended(code, world.words().locale(), Optional.empty());
            }
        }
    }

    private Drawn drawn(
            Invocation world, Configuration now, OpenedPlan opened, DatabaseAddress address)
            throws Fault {
        return new Drawn(
                files().spoken(world.words().locale(), now),
                opened.plan(),
                opened.banner(),
                address.shown());
    }

    /** A demo that this window follows goes on being followed. */
    private boolean isElsewhere(Configuration now, DatabaseAddress address) throws Fault {
        return database.given(invocation(), now)
                .filter(other -> !other.equals(address))
                .isPresent();
    }

    private SetupOffer offer(
            Invocation world, ShownSettings shown, AtomicReference<Runnable> look) {
        return SetupPages.offer(
                world, shown::configuration, configFile(), outweighed(), () -> look.get().run());
    }

    private CallFiles files() {
        return new CallFiles(this, plan);
    }

    /**
     * A window on a wall: whatever is in the way of the present may pass, so it opens first and
     * asks then. Of settings that are wrong it shows why, and takes them when they are mended.
     */
    private int hang(Optional<Shot> shot) throws Fault, InterruptedException {
        Configuration configuration;
        try {
            configuration = configuration();
        } catch (Fault shownOnTheWall) {
            configuration = new Configuration(Map.of(), Optional.empty());
        }
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
        ShownSettings shown = new ShownSettings(files(), configuration, opened);
        try (WallSource source =
                        new WallSource(
                                invocation(),
                                () -> database.address(invocation(), configuration()),
                                () -> OnDuty.settings(shown.configuration(), shown.plan().plan()),
                                (address, own, archive) ->
                                        OnDuty.beside(shot, address, own, archive, clock),
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
                                                .noticing(
                                                        ProgramFiles.noticing(
                                                                Distribution.here(),
                                                                source::notice)),
                                        invocation().folders()),
                                source)) {
            var _ = console.live().thenRun(ConsoleCommand::logLive);
            if (shot.isPresent()) {
                return WindowEnd.code(invocation(), console, shown::plan);
            }
            try (FileWatch _ = shown.follow(onWall(console, source))) {
                return WindowEnd.code(invocation(), console, shown::plan);
            }
        }
    }

    private ShownSettings.Window onWall(Console console, WallSource source) {
        return new ShownSettings.Window() {
            @Override
            public void show(Configuration now, OpenedPlan plan, boolean differs) throws Fault {
                if (differs) {
                    console.draw(
                            new Drawn(
                                    files().spoken(invocation().words().locale(), now),
                                    plan.plan(),
                                    plan.banner(),
                                    ""),
                            Behind.NOTHING);
                }
                source.settle();
                if (console.inTheWay().isPresent()
                        || source.isElsewhere(database.given(invocation(), now))) {
                    console.retry();
                }
            }

            @Override
            public void notice(Optional<Sentence> wrong) {
                // The page says it already.
                console.notice(console.inTheWay().isPresent() ? Optional.empty() : wrong);
            }
        };
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
                                new Drawn(
                                        invocation().words().locale(),
                                        file.plan(),
                                        Optional.empty(),
                                        file.file().toString()),
                                new Behind(Optional.empty(), Optional.of(replay), compared),
                                shot),
                        () -> {
                            throw new IllegalStateException("an incident file has no present");
                        })) {
            return WindowEnd.code(invocation(), console, () -> drawn);
        }
    }
}
