package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import vigie.console.plan.PlanDrawing;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code vigie plan draw FILE.png}: the plan on paper. */
@Command(name = "draw")
final class PlanDrawCommand extends Subcommand {
    @SuppressWarnings("NullAway.Init") // picocli fills it before run
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file;

    @Mixin private PlanOption plan;

    PlanDrawCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        Optional<Path> asked = plan.file(invocation(), configuration());
        Plan drawn = asked.isPresent() ? PlanFile.read(asked.get()) : PlanFile.builtIn();
        try {
            PlanDrawing.write(drawn, invocation().words(), file);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("planview.not-written", file.toString()),
                    "the drawing cannot be written to " + file,
                    e);
        }
        invocation().notice("planview.drawn", file.toString());
        return 0;
    }
}
