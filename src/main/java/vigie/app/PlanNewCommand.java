package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vigie.plan.EmptyRoom;
import vigie.plan.PlanFile;
import vigie.plan.PlanWriter;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/**
 * {@code vigie plan new FILE}: a plan to begin with, an empty room of a size or a copy of the
 * reference room. A file that is there is never written over.
 */
@Command(name = "new")
final class PlanNewCommand extends Subcommand {
    @SuppressWarnings("NullAway.Init") // picocli fills it before run
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file;

    @Option(names = "--width", paramLabel = "M")
    private @Nullable Double width;

    @Option(names = "--depth", paramLabel = "M")
    private @Nullable Double depth;

    @Option(names = "--zone", paramLabel = "ZONE")
    private @Nullable String zone;

    PlanNewCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        byte[] json;
        Double wide = width;
        Double deep = depth;
        if (wide == null && deep == null && zone == null) {
            json = PlanFile.builtInFile();
        } else if (wide == null
                || deep == null
                || !EmptyRoom.possible(wide)
                || !EmptyRoom.possible(deep)) {
            throw usage(
                    Sentence.of(
                            "plan.new.size",
                            Math.round(EmptyRoom.LEAST),
                            Math.round(EmptyRoom.MOST)));
        } else {
            json = PlanWriter.write(EmptyRoom.of(wide, deep, zone()));
        }
        PlanFile.create(file, json);
        invocation().notice("plan.new.made", file.toString());
        return 0;
    }

    /** The one asked for, else this machine's where that is a region. */
    private ZoneId zone() throws Fault {
        String asked = Optional.ofNullable(zone).orElseGet(() -> ZoneId.systemDefault().getId());
        if (ZoneId.getAvailableZoneIds().contains(asked)) {
            return ZoneId.of(asked);
        }
        throw usage(Sentence.of("plan.new.zone", asked));
    }

    private static Fault usage(Sentence sentence) {
        return new Fault(Fault.Kind.USAGE, sentence, sentence.key());
    }
}
