package vigie.plan;

import java.util.List;

/**
 * A floor plan. Immutable; a {@code Plan} that came from the reader is consistent: ids are unique,
 * references resolve, no point is bound twice at once, sizes are finite and sensible.
 *
 * @param label the plan's name
 * @param elements in drawing order, the lowest first
 * @param placements all of them, past and future too
 * @param limits all of them, the plan's own before the defaults
 */
public record Plan(
        Label label, List<Element> elements, List<Placement> placements, List<Limits> limits) {
    public Plan {
        elements = List.copyOf(elements);
        placements = List.copyOf(placements);
        limits = List.copyOf(limits);
    }

    /** The elements of one kind, in drawing order. */
    public <E extends Element> List<E> elements(Class<E> kind) {
        return elements.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
