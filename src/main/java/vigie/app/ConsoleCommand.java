package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.console.Console;
import vigie.console.ConsoleSettings;
import vigie.console.Shot;
import vigie.duty.ArchiveSettings;
import vigie.plan.OpenedPlan;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.timeline.LiveTimeline;

import java.time.Clock;
import java.util.Optional;

/** {@code vigie console}: the window on a database. */
@Command(name = "console")
final class ConsoleCommand extends Subcommand {
    @Mixin private DatabaseOption database;
    @Mixin private PlanOption plan;
    @Mixin private PictureOption picture;

    ConsoleCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        Optional<Shot> shot = picture.shot();
        Configuration configuration = configuration();
        DatabaseAddress address = database.address(invocation(), configuration);
        DatabaseAddress own = DatabaseOption.own(invocation(), address);
        OpenedPlan opened = plan.open(invocation(), configuration);
        opened.banner()
                .ifPresent(banner -> invocation().err().println(invocation().words().say(banner)));
        ConsoleSettings settings =
                new ConsoleSettings(
                        invocation().words().locale(),
                        opened.plan(),
                        opened.banner(),
                        address.shown(),
                        shot);
        ArchiveSettings archive = OnDuty.settings(configuration, opened.plan());
        Clock clock = Clock.systemUTC();
        try (OnDuty _ = OnDuty.beside(shot, address, own, archive, clock);
                Console console =
                        Console.open(
                                settings, () -> LiveTimeline.start(address, own.schema(), clock))) {
            return WindowEnd.code(invocation(), console, opened);
        }
    }
}
