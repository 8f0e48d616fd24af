package vigie.plan;

import vigie.text.Sentence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What cannot be seen in one object alone: ids, references, and what holds at the same time. */
final class PlanChecks {
    /** A value and where it stands. */
    record Placed<T>(T value, String pointer) {}

    private final List<Wrong.Problem> problems = new ArrayList<>();
    private final Map<ElementId, Element> known = new HashMap<>();

    private final boolean suggestAlways;

    private PlanChecks(boolean suggestAlways) {
        this.suggestAlways = suggestAlways;
    }

    static List<Wrong.Problem> problems(
            List<Placed<Element>> elements,
            List<Placed<Placement>> placements,
            List<Placed<Limits>> limits,
            boolean suggestAlways) {
        PlanChecks checks = new PlanChecks(suggestAlways);
        checks.ids(elements);
        checks.references(elements, placements, limits);
        checks.together(placements, limits);
        return checks.problems;
    }

    /** The same for elements of which some are missing, so that references are not judged. */
    static List<Wrong.Problem> problemsWithoutReferences(
            List<Placed<Element>> elements,
            List<Placed<Placement>> placements,
            List<Placed<Limits>> limits) {
        PlanChecks checks = new PlanChecks(false);
        checks.ids(elements);
        checks.together(placements, limits);
        return checks.problems;
    }

    private void together(List<Placed<Placement>> placements, List<Placed<Limits>> limits) {
        together(
                placements,
                placement -> placement.point(),
                Placement::span,
                (one, other) ->
                        Sentence.of(
                                "plan.bound-twice", one.value().point().name(), other.pointer()));
        together(
                placements,
                placement -> List.of(placement.sensor(), placement.quantity()),
                Placement::span,
                (one, other) ->
                        Sentence.of(
                                "plan.sensor-bound-twice",
                                one.value().sensor().value(),
                                one.value().quantity().word(),
                                other.pointer()));
        together(
                limits,
                one -> List.of(one.role(), one.quantity(), one.place()),
                Limits::span,
                (_, other) -> Sentence.of("plan.limited-twice", other.pointer()));
    }

    private void ids(List<Placed<Element>> elements) {
        Map<ElementId, String> first = new HashMap<>();
        for (Placed<Element> element : elements) {
            ElementId id = element.value().id();
            String before = first.putIfAbsent(id, element.pointer());
            if (before == null) {
                known.put(id, element.value());
            } else {
                wrong(
                        element.pointer() + "/id",
                        Sentence.of("plan.duplicate-id", id.value(), before));
            }
        }
    }

    private void references(
            List<Placed<Element>> elements,
            List<Placed<Placement>> placements,
            List<Placed<Limits>> limits) {
        for (Placed<Element> element : elements) {
            if (element.value() instanceof Element.Sensor sensor) {
                sensor.of().ifPresent(of -> place(element.pointer() + "/of", of, false));
            }
        }
        for (Placed<Placement> placement : placements) {
            ElementId sensor = placement.value().sensor();
            String pointer = placement.pointer() + "/sensor";
            if (!known.containsKey(sensor)) {
                unknown(pointer, sensor, Element.Sensor.class::isInstance);
            } else if (!(known.get(sensor) instanceof Element.Sensor)) {
                wrong(pointer, Sentence.of("plan.not-a-sensor", sensor.value()));
            }
        }
        for (Placed<Limits> one : limits) {
            one.value().place().ifPresent(of -> place(one.pointer() + "/place", of, true));
        }
    }

    private void place(String pointer, ElementId id, boolean sensorToo) {
        Element element = known.get(id);
        if (element == null) {
            unknown(pointer, id, one -> canBePlace(one, sensorToo));
        } else if (!canBePlace(element, sensorToo)) {
            wrong(pointer, Sentence.of("plan.not-a-place", id.value()));
        }
    }

    private static boolean canBePlace(Element element, boolean sensorToo) {
        return switch (element) {
            case Element.Wall _ -> false;
            case Element.Sensor _ -> sensorToo;
            case Element.Room _,
                    Element.Door _,
                    Element.Rack _,
                    Element.Aisle _,
                    Element.CoolingUnit _,
                    Element.UpsZone _ ->
                    true;
        };
    }

    private void unknown(String pointer, ElementId id, Predicate<Element> fits) {
        // Where only the first fault is told in words the others need no suggestion.
        List<String> candidates =
                !problems.isEmpty() && !suggestAlways
                        ? List.of()
                        : known.values().stream()
                                .filter(fits)
                                .map(element -> element.id().value())
                                .toList();
        wrong(pointer, Fields.unknownReference(id.value(), candidates));
    }

    /** How to say that two things hold at the same time. */
    @FunctionalInterface
    private interface Clash<T> {
        Sentence of(Placed<T> one, Placed<T> other);
    }

    /** No two with the same key hold at the same time. */
    private <T> void together(
            List<Placed<T>> all, Function<T, Object> key, Function<T, Span> span, Clash<T> clash) {
        Map<Object, List<Placed<T>>> groups = new LinkedHashMap<>();
        all.forEach(one ->
                groups.computeIfAbsent(key.apply(one.value()), _ -> new ArrayList<>()).add(one));
        Comparator<Placed<T>> byStart =
                Comparator.comparing(one -> span.apply(one.value()).from().orElse(Instant.MIN));
        for (List<Placed<T>> group : groups.values()) {
            // In order of their starts, spans that do not overlap their neighbours overlap nobody.
            List<Placed<T>> ordered = group.stream().sorted(byStart).toList();
            for (int i = 1; i < ordered.size(); i++) {
                Placed<T> one = ordered.get(i - 1);
                Placed<T> other = ordered.get(i);
                if (span.apply(one.value()).overlaps(span.apply(other.value()))) {
                    wrong(other.pointer(), clash.of(other, one));
                }
            }
        }
    }

    private void wrong(String pointer, Sentence expected) {
        problems.add(new Wrong.Problem(pointer, expected));
    }
}
