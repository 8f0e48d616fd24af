package vigie.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * When something holds: from a moment, inclusive, to a moment, exclusive; empty means open.
 *
 * <p>A span that ends before it begins, or as it begins, is refused.
 *
 * @param from empty: since ever
 * @param to empty: until further notice
 */
public record Span(Optional<Instant> from, Optional<Instant> to) {
    /** Always. */
    public static final Span OPEN = new Span(Optional.empty(), Optional.empty());

    public Span {
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new IllegalArgumentException("a span ends after it begins");
        }
    }

    public boolean contains(Instant at) {
        return from.map(start -> !at.isBefore(start)).orElse(true)
                && to.map(at::isBefore).orElse(true);
    }

    public boolean overlaps(Span other) {
        return startsBefore(this, other) && startsBefore(other, this);
    }

    private static boolean startsBefore(Span one, Span other) {
        return one.from.isEmpty() || other.to.isEmpty() || one.from.get().isBefore(other.to.get());
    }
}
