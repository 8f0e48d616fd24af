package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.text.Fault;

/**
 * {@code vigie doctor}: looks at this computer and at the database as the feed needs it, one line
 * for each check with its remedy, and prints the statements for the right accounts. Ends with 0
 * when all is well, 1 with warnings, 3 when there is no address or no host can serve.
 */
@Command(name = "doctor")
final class DoctorCommand extends Subcommand {
    @Mixin private DatabaseOption database;
    @Mixin private PlanOption plan;
    @Mixin private FormatOption format;

    DoctorCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Checkup checkup = Checkup.of(invocation(), namedConfiguration(), database, plan);
        if (format.isJson()) {
            new DoctorLines(invocation().words(), invocation().out()).print(checkup);
        } else {
            new DoctorReport(invocation()).print(checkup);
        }
        invocation().out().flush();
        checkup.obstacleHere()
                .ifPresent(obstacle ->
                        invocation().complain(invocation().words().say(obstacle.what())));
        return checkup.exitCode();
    }
}
