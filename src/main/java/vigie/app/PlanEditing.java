package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import vigie.console.words.RoomZone;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.PlanEdit;
import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What {@code plan bind} and {@code plan unbind} have in common: which file, and from when on. */
final class PlanEditing {
    @Mixin private PlanOption plan;

    @Option(names = "--from", paramLabel = "T")
    private @Nullable String from;

    @Option(names = "--replace")
    private boolean replace;

    PlanEditing() {}

    /**
     * The file to change.
     *
     * @throws Fault where none is named: the plan that comes with Vigie is not changed
     */
    Path file(Invocation invocation, Configuration configuration) throws Fault {
        Optional<Path> file = plan.file(invocation, configuration);
        if (file.isEmpty()) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("plan.edit.built-in"),
                    "the built-in plan is not changed");
        }
        return file.get();
    }

    /** When the change holds; whole seconds, in the zone of the plan's room. */
    PlanEdit.When when(Invocation invocation, Plan read) throws Fault {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ZoneId zone = RoomZone.of(read);
        String asked = from;
        if (asked == null) {
            return new PlanEdit.When(Optional.empty(), now, replace);
        }
        Moments.note(asked, zone)
                .ifPresent(note -> invocation.complain(invocation.words().say(note)));
        Instant at = Moments.parse(asked, zone, now).truncatedTo(ChronoUnit.SECONDS);
        return new PlanEdit.When(Optional.of(at), now, replace);
    }

    /** Says on standard output what was changed. */
    static void tell(Invocation invocation, PlanEdit.Edited edited) {
        for (Placement one : edited.closed()) {
            say(invocation, "plan.edit.closed", one, one.span().to());
        }
        for (Placement one : edited.removed()) {
            say(invocation, "plan.edit.removed", one, Optional.empty());
        }
        edited.added()
                .ifPresent(one ->
                        say(
                                invocation,
                                one.span().from().isPresent()
                                        ? "plan.edit.bound-from"
                                        : "plan.edit.bound",
                                one,
                                one.span().from()));
        invocation.out().flush();
        invocation.notice("plan.edit.shown-soon");
    }

    private static void say(
            Invocation invocation, String key, Placement one, Optional<Instant> at) {
        invocation
                .out()
                .println(
                        invocation
                                .words()
                                .say(
                                        key,
                                        one.point().name(),
                                        one.sensor().value(),
                                        one.quantity().word(),
                                        at.map(Instant::toString).orElse("")));
    }
}
