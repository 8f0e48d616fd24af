package vigie.app;

import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.duty.ArchiveSettings;
import vigie.duty.ArchiveStatus;
import vigie.duty.Archiver;
import vigie.duty.DutyLock;
import vigie.duty.DutyService;
import vigie.feed.FeedCheck;
import vigie.store.DatabaseAddress;
import vigie.store.OwnSchema;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code vigie duty}: what exactly one process in the building does, with no window, until it is
 * stopped. Says on standard error what it does, whenever that changes.
 */
@Command(name = "duty")
final class DutyCommand extends Subcommand {
    private static final Duration LOOK = Duration.ofMillis(500);

    @Mixin private DatabaseOption database;
    @Mixin private PlanOption plan;

    private Optional<Sentence> said = Optional.empty();
    private Optional<ArchiveStatus> told = Optional.empty();

    DutyCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        Configuration configuration = configuration();
        DatabaseAddress address = database.address(invocation(), configuration);
        DatabaseAddress own = DatabaseOption.own(invocation(), address);
        ArchiveSettings settings =
                OnDuty.settings(configuration, plan.open(invocation(), configuration).plan());
        try (Stopping stopping = new Stopping()) {
            FeedCheck.check(address);
            Progress progress = new Progress(invocation());
            progress.step(
                    Sentence.of(
                            "app.duty.begins", address.shown(), own.shown(), settings.rawDays()));
            try (OnDuty duty = OnDuty.begin(address, own, settings, Clock.systemUTC())) {
                while (!stopping.await(LOOK)) {
                    look(duty.service().orElseThrow(), duty.archiver().orElseThrow(), progress);
                }
            }
        }
        return 0;
    }

    private void look(DutyService service, Archiver archiver, Progress progress) throws Fault {
        Optional<OwnSchema.Access> access = service.access();
        if (access.isPresent()) {
            stopWherePeopleAreNeeded(access.get());
        }
        DutyLock.Status status = service.status();
        Optional<Sentence> sentence =
                switch (status.state()) {
                    case SEEKING, ENDED -> Optional.empty();
                    case STANDBY -> Optional.of(Sentence.of("app.duty.standby", holder(service)));
                    case AWAY ->
                            status.reason().map(reason -> Sentence.of("app.duty.away", reason));
                    case ON_DUTY -> Optional.of(Sentence.of("app.duty.held"));
                };
        if (sentence.isPresent() && !said.equals(sentence)) {
            progress.step(sentence.get());
            said = sentence;
            told = Optional.empty();
        }
        ArchiveStatus archive = archiver.status();
        if (archive.phase() != ArchiveStatus.Phase.RESTING && isNews(archive)) {
            progress.step(Archiver.said(archive));
            told = Optional.of(archive);
        }
    }

    private static void stopWherePeopleAreNeeded(OwnSchema.Access access) throws Fault {
        switch (access) {
            case OwnSchema.Usable _ -> {
                // All is well.
            }
            case OwnSchema.Unavailable(DatabaseAddress _, Fault fault) -> {
                if (fault.kind() != Fault.Kind.PASSING) {
                    throw fault;
                }
            }
            case OwnSchema.NotPermitted refused -> throw blocked(refused);
            case OwnSchema.Newer _ -> {
                // It stands by and says so: this machine may be the next to be updated.
            }
        }
    }

    private static Fault blocked(OwnSchema.Access access) {
        Sentence sentence = access.obstacle().orElseThrow();
        return new Fault(Fault.Kind.BLOCKED, sentence, sentence.key());
    }

    /** A new phase, a new reason, or a tenth further. */
    private boolean isNews(ArchiveStatus status) {
        return told.isEmpty()
                || told.get().phase() != status.phase()
                || !told.get().reason().equals(status.reason())
                || (int) (told.get().share() * 10) != (int) (status.share() * 10);
    }

    /** Who has it, as {@code duty.holder} says. */
    private static String holder(DutyService service) {
        try (Connection connection = service.connections().open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT holder FROM duty WHERE id=1")) {
            return row.next() ? String.valueOf(row.getString(1)) : "?";
        } catch (Fault | SQLException unknown) {
            LoggerFactory.getLogger(DutyCommand.class).debug("whose duty it is", unknown);
            return "?";
        }
    }
}
