package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import vigie.plan.ElementId;
import vigie.plan.Nearest;
import vigie.plan.Plan;
import vigie.plan.PlanEdit;
import vigie.plan.PlanFile;
import vigie.plan.SensorChoice;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code vigie plan unbind POINT [ELEMENT]}: ends what a point is bound to. Ends with 1 where it
 * was not bound.
 */
@Command(name = "unbind")
final class PlanUnbindCommand extends Subcommand {
    private static final int NOTHING_FOUND = 1;
    private static final int MOST_NEAR = 3;

    @Mixin private PlanEditing editing;

    @SuppressWarnings("NullAway.Init") // picocli fills it before run
    @Parameters(index = "0", paramLabel = "POINT", descriptionKey = "POINT")
    private String point;

    @Parameters(index = "1", paramLabel = "ELEMENT", descriptionKey = "ELEMENT", arity = "0..1")
    private @Nullable String element;

    PlanUnbindCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Path file = editing.file(invocation(), configuration());
        PointId wanted = PlanBindCommand.named(point);
        Plan before = PlanFile.read(file);
        Optional<ElementId> of = Optional.empty();
        String named = element;
        if (named != null) {
            of = Optional.of(SensorChoice.element(before, named).id());
        }
        PlanEdit.When when = editing.when(invocation(), before);
        Optional<ElementId> sensor = of;
        PlanEdit.Edited edited =
                PlanFile.edit(
                        file, json -> PlanEdit.unbind(json, file.toString(), wanted, sensor, when));
        if (edited.closed().isEmpty() && edited.removed().isEmpty()) {
            invocation().complain(invocation().words().say(notBound(before, file)));
            return NOTHING_FOUND;
        }
        PlanEditing.tell(invocation(), edited);
        return 0;
    }

    private Sentence notBound(Plan plan, Path file) {
        List<String> near =
                Nearest.some(
                        point,
                        plan.placements().stream()
                                .map(one -> one.point().name())
                                .filter(name -> !name.equals(point))
                                .distinct()
                                .toList(),
                        MOST_NEAR);
        return near.isEmpty()
                ? Sentence.of("plan.edit.not-bound", point, file.toString())
                : Sentence.of(
                        "plan.edit.not-bound-near",
                        point,
                        file.toString(),
                        String.join(", ", near));
    }
}
