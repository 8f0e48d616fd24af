package vigie.incident;

import org.jspecify.annotations.Nullable;

import vigie.note.Note;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.plan.Quantity;
import vigie.point.PointId;
import vigie.point.Quality;
import vigie.timeline.Occurrence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What happened in a stretch of the past: what left its limits first, what followed in which order,
 * how far each went, and when all was well again. Figures only; {@link StoryText} puts them into
 * words.
 *
 * @param begins the first moment that was looked at
 * @param to the last
 * @param courses elements that left their limits in the stretch, in the order in which they first
 *     did
 * @param before elements that were beyond them from the beginning
 * @param recovered when the last of {@code courses} was within its limits again; empty where one
 *     was not by the end, or there are none
 * @param outages of sensors and of the recorder, in order of time
 * @param others what else happened and is nothing out of its limits: people, doors, power
 * @param notes what people wrote down
 */
public record Story(
        Instant begins,
        Instant to,
        List<Course> courses,
        List<Course> before,
        Optional<Instant> recovered,
        List<Occurrence> outages,
        List<Occurrence> others,
        List<Note> notes) {
    public Story {
        courses = List.copyOf(courses);
        before = List.copyOf(before);
        outages = List.copyOf(outages);
        others = List.copyOf(others);
        notes = List.copyOf(notes);
    }

    /** What left its limits first; empty where nothing did. */
    public Optional<Course> first() {
        return courses.stream().findFirst();
    }

    /**
     * One element's course.
     *
     * @param element the rack, unit, aisle, … or the sensor itself
     * @param first with what it left its limits; of one that was beyond them from the beginning,
     *     what it showed then
     * @param worst how bad it became
     * @param peaks for each number that left its limits how far it went
     * @param times how often it left them
     * @param recovered since when it was within its limits up to the end; empty where it was not
     */
    public record Course(
            ElementId element,
            Mark first,
            Deviation worst,
            List<Mark> peaks,
            int times,
            Optional<Instant> recovered) {
        public Course {
            peaks = List.copyOf(peaks);
        }
    }

    /**
     * What a sensor showed at a moment.
     *
     * @param value in the quantity's own unit; empty for on/off points and texts
     * @param text as recorded; null where there is a value
     * @param limit the limit beyond which the value is, in the quantity's own unit
     * @param direction −1 below a low limit, +1 above a high one, 0 for texts
     */
    public record Mark(
            Instant at,
            ElementId sensor,
            PointId point,
            Quantity quantity,
            OptionalDouble value,
            @Nullable String text,
            OptionalDouble limit,
            int direction,
            Deviation deviation,
            Quality quality) {}
}
