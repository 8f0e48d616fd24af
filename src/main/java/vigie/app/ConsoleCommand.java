package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.console.Console;
import vigie.console.ConsoleSettings;
import vigie.console.Shot;
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
import vigie.timeline.LiveTimeline;
import vigie.timeline.OccurrenceFinder;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** {@code vigie console}: the window on a database. */
@Command(name = "console")
final class ConsoleCommand extends Subcommand {
    @Mixin private DatabaseOption database;
    @Mixin private PlanOption plan;
    @Mixin private PictureOption picture;
    @Mixin private ChartOption chart;
    @Mixin private IncidentOption incident;
    @Mixin private OperatorOption operator;

    ConsoleCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        Optional<Shot> shot = picture.shot();
        Configuration configuration = configuration();
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
        Optional<Start> start = chart.replay(zone, Instant.now());
        ArchiveSettings archive = OnDuty.settings(configuration, opened.plan());
        Clock clock = Clock.systemUTC();
        try (History history = new History(address, own, zone);
                NoteBook notes = NoteBook.open(address, own, invocation().folders().notes());
                OnDuty _ = OnDuty.beside(shot, address, own, archive, clock);
                Console console =
                        Console.open(
                                new ConsoleSettings(
                                        invocation().words().locale(),
                                        opened.plan(),
                                        opened.banner(),
                                        address.shown(),
                                        shot,
                                        Optional.of(
                                                new PastSettings(
                                                        PastSource.of(history),
                                                        invocation().folders().charts(),
                                                        opening)),
                                        Optional.of(
                                                Playing.of(
                                                        configuration,
                                                        history,
                                                        new OccurrenceFinder(
                                                                history, opened.plan(), notes),
                                                        notes,
                                                        operator.name(invocation(), configuration),
                                                        start))),
                                () -> LiveTimeline.start(address, own.schema(), clock))) {
            return WindowEnd.code(invocation(), console, opened);
        }
    }

    /** A window on a file: nothing of a database is asked or needed. */
    private int show(IncidentFile file, Optional<Shot> shot) throws Fault, InterruptedException {
        OpenedPlan drawn =
                new OpenedPlan(
                        file.plan(), OpenedPlan.Origin.FILE, Optional.empty(), Optional.empty());
        ReplaySettings replay = Playing.of(file, incident.mode(), chart, RoomZone.of(file.plan()));
        try (Console console =
                Console.open(
                        new ConsoleSettings(
                                invocation().words().locale(),
                                file.plan(),
                                Optional.empty(),
                                file.file().toString(),
                                shot,
                                Optional.empty(),
                                Optional.of(replay)),
                        () -> {
                            throw new IllegalStateException("an incident file has no present");
                        })) {
            return WindowEnd.code(invocation(), console, drawn);
        }
    }
}
