package vigie.picture;

import org.jspecify.annotations.Nullable;

import vigie.plan.ElementId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between two moments of one plan. Nothing is guessed: a place without a trustworthy
 * value on either side has no comparison.
 *
 * @param now the picture that is shown
 * @param then the one it is held against; its moment may also be the later
 * @param elements every element that has a reading in one of them
 */
public record Difference(Picture now, Picture then, Map<ElementId, ElementDifference> elements) {
    public Difference {
        elements = Map.copyOf(elements);
    }

    /** The difference of two pictures of one plan. */
    public static Difference of(Picture now, Picture then) {
        return of(now, then, null);
    }

    /** The next difference: elements neither side of which changed stay the same objects. */
    public Difference next(Picture newNow, Picture newThen) {
        return of(newNow, newThen, this);
    }

    private static Difference of(Picture now, Picture then, @Nullable Difference before) {
        Map<ElementId, ElementDifference> elements =
                HashMap.newHashMap(Math.max(now.elements().size(), then.elements().size()));
        now.elements()
                .forEach((id, shown) ->
                        elements.put(id, element(id, shown, then.elements().get(id), before)));
        then.elements()
                .forEach((id, shown) -> {
                    if (!elements.containsKey(id)) {
                        elements.put(id, element(id, null, shown, before));
                    }
                });
        return new Difference(now, then, elements);
    }

    /** How an element differs; empty where no sensor belongs to it. */
    public Optional<ElementDifference> element(ElementId id) {
        return Optional.ofNullable(elements.get(id));
    }

    @SuppressWarnings("ReferenceEquality") // pictures keep the object of what did not change
    private static ElementDifference element(
            ElementId id,
            @Nullable ElementPicture now,
            @Nullable ElementPicture then,
            @Nullable Difference before) {
        if (before != null) {
            ElementDifference old = before.elements.get(id);
            if (old != null
                    && before.now.elements().get(id) == now
                    && before.then.elements().get(id) == then) {
                return old;
            }
        }
        return ElementDifference.of(id, readings(now), readings(then));
    }

    private static List<PlacedReading> readings(@Nullable ElementPicture picture) {
        return picture == null ? List.of() : picture.readings();
    }
}
