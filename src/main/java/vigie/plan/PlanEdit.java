package vigie.plan;

import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Changes which point a sensor shows. A binding of before is closed and stays, so that the past
 * goes on being drawn as it was; only what was always wrong is taken out. Pure: bytes of a file in,
 * its text out, everything else in the file as somebody wrote it.
 */
public final class PlanEdit {
    private PlanEdit() {}

    /**
     * A changed plan file.
     *
     * @param text the file; the same text where nothing was to be changed
     * @param plan what it says
     * @param added the new binding; empty where there is none
     * @param closed the bindings that end now, as they are now
     * @param removed the bindings that were taken out
     */
    public record Edited(
            String text,
            Plan plan,
            Optional<Placement> added,
            List<Placement> closed,
            List<Placement> removed) {
        public Edited {
            closed = List.copyOf(closed);
            removed = List.copyOf(removed);
        }
    }

    /**
     * When a change holds.
     *
     * @param from from when on, as somebody said; empty: from now on, and since ever for what was
     *     not bound before
     * @param now the present
     * @param wasWrong the bindings of before were never true
     */
    public record When(Optional<Instant> from, Instant now, boolean wasWrong) {
        private Instant at() {
            return from.orElse(now);
        }
    }

    /**
     * Binds a point to a sensor. What the point was bound to, and what the sensor had for that
     * quantity, ends when it begins.
     *
     * @param json the file
     * @param name the file's name, for faults
     * @param sensor in the plan, or one to be added to it
     * @throws vigie.text.Fault if the file is no plan, or would be none with the binding
     */
    public static Edited bind(
            byte[] json,
            String name,
            PointId point,
            Element.Sensor sensor,
            Quantity quantity,
            When when)
            throws Fault {
        Plan plan = PlanReader.read(json, name);
        Predicate<Placement> ofPoint = one -> one.point().equals(point);
        Predicate<Placement> ofSensor =
                one -> one.sensor().equals(sensor.id()) && one.quantity() == quantity;
        boolean there =
                plan.placements().stream()
                        .anyMatch(one ->
                                ofPoint.and(ofSensor).test(one)
                                        && one.span().contains(when.at())
                                        && one.span().to().isEmpty());
        if (there && when.from().isEmpty()) {
            return new Edited(text(json), plan, Optional.empty(), List.of(), List.of());
        }
        Change change = new Change(plan, when);
        change.end(ofPoint.or(ofSensor));
        boolean before = plan.placements().stream().anyMatch(ofPoint.or(ofSensor));
        Optional<Instant> begin =
                when.from()
                        .or(() ->
                                before && !when.wasWrong()
                                        ? Optional.of(when.now())
                                        : change.removed.stream()
                                                .filter(ofSensor)
                                                .findFirst()
                                                .flatMap(one -> one.span().from()));
        Placement added =
                new Placement(point, sensor.id(), quantity, new Span(begin, Optional.empty()));
        PlanText text = new PlanText(json);
        if (plan.sensor(sensor.id()).isEmpty()) {
            text.change("sensors", List.of(PlanWriter.line(sensor)), List.of());
        }
        return change.write(text, name, Optional.of(added));
    }

    /**
     * Ends the bindings of a point.
     *
     * @param sensor those to this sensor only; empty: all
     * @throws vigie.text.Fault if the file is no plan
     */
    public static Edited unbind(
            byte[] json, String name, PointId point, Optional<ElementId> sensor, When when)
            throws Fault {
        Plan plan = PlanReader.read(json, name);
        Change change = new Change(plan, when);
        change.end(
                one -> one.point().equals(point) && sensor.map(one.sensor()::equals).orElse(true));
        return change.closed.isEmpty() && change.removed.isEmpty()
                ? new Edited(text(json), plan, Optional.empty(), List.of(), List.of())
                : change.write(new PlanText(json), name, Optional.empty());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** What becomes of the bindings that are there. */
    private static final class Change {
        private final Plan plan;
        private final When when;
        private final List<Integer> ended = new ArrayList<>();
        private final List<Integer> takenOut = new ArrayList<>();
        private final List<Placement> closed = new ArrayList<>();
        private final List<Placement> removed = new ArrayList<>();

        Change(Plan plan, When when) {
            this.plan = plan;
            this.when = when;
        }

        /** Ends those that hold now, and takes out those that would only begin. */
        void end(Predicate<Placement> which) {
            for (int i = 0; i < plan.placements().size(); i++) {
                Placement one = plan.placements().get(i);
                Span span = one.span();
                boolean over = span.to().filter(end -> !end.isAfter(when.at())).isPresent();
                if (!which.test(one) || over) {
                    continue;
                }
                boolean begun = span.from().map(from -> from.isBefore(when.at())).orElse(true);
                if (begun && !when.wasWrong()) {
                    ended.add(i);
                    closed.add(
                            new Placement(
                                    one.point(),
                                    one.sensor(),
                                    one.quantity(),
                                    new Span(span.from(), Optional.of(when.at()))));
                } else {
                    takenOut.add(i);
                    removed.add(one);
                }
            }
        }

        Edited write(PlanText text, String name, Optional<Placement> added) throws Fault {
            ended.forEach(i -> text.set("placements", i, "to", when.at().toString()));
            text.change("placements", added.map(PlanWriter::line).stream().toList(), takenOut);
            byte[] json = text.bytes();
            Plan made;
            try {
                made = PlanReader.read(json, name);
            } catch (Fault refused) {
                Sentence sentence = Sentence.of("plan.edit.refused", name, refused.sentence());
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        sentence,
                        Words.in(Locale.ENGLISH).say(sentence),
                        refused);
            }
            return new Edited(text(json), made, added, closed, removed);
        }
    }
}
