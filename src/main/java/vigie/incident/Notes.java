package vigie.incident;

import vigie.note.Note;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.timeline.Occurrence;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Notes as things that happened. */
final class Notes {
    private static final int LONGEST_ELEMENT = 64;

    private Notes() {}

    static Occurrence occurrence(Note note) {
        return new Occurrence(
                Occurrence.Kind.NOTE,
                note.at(),
                Optional.empty(),
                Duration.ZERO,
                note.element()
                        .filter(id -> !id.isBlank() && id.length() <= LONGEST_ELEMENT)
                        .map(ElementId::new),
                Optional.empty(),
                Deviation.NONE,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                null,
                note.text(),
                note.author());
    }

    /** Whether this is that note. */
    static boolean isOf(Note note, Occurrence one) {
        return one.kind() == Occurrence.Kind.NOTE
                && note.at().equals(one.at())
                && note.text().equals(one.text())
                && note.author().equals(one.author());
    }
}
