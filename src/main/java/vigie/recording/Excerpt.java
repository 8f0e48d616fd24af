package vigie.recording;

import vigie.point.PointKey;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.PointState;
import vigie.room.RoomState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cuts a part out of a reel. */
public final class Excerpt {
    private Excerpt() {}

    /**
     * The part of a reel between two moments, both included: it begins with the room at the first.
     *
     * @param from a moment that the reel holds
     * @param to another, not before {@code from}
     * @return the reel itself where nothing is to be cut off
     */
    public static Reel of(Reel reel, Instant from, Instant to) {
        if (!reel.holds(from) || !reel.holds(to) || to.isBefore(from)) {
            throw new IllegalArgumentException("the reel does not hold " + from + " to " + to);
        }
        if (from.equals(reel.from()) && to.equals(reel.to())) {
            return reel;
        }
        Playhead head = reel.play();
        head.advance(from);
        Step start = new Step(from, room(head.state()));
        List<Step> steps = new ArrayList<>();
        while (head.next().filter(step -> !step.at().isAfter(to)).isPresent()) {
            steps.add(head.next().orElseThrow());
            head.step();
        }
        return Reel.of(reel.basis(), from, to, start, steps, reel.cadences(), reel.widths());
    }

    /**
     * A room as a group: folded into {@link RoomState#EMPTY} it gives that room again. The order of
     * its facts depends on nothing but the room.
     */
    public static Group room(RoomState room) {
        List<PointState> points = new ArrayList<>(room.points());
        // Where two points claim one name, the one that has it is told last.
        points.sort(
                Comparator.comparing((PointState point) -> hasItsName(room, point))
                        .thenComparing(PointState::key));
        List<Fact> facts = new ArrayList<>(2 * points.size() + 1);
        facts.add(new Fact.RecorderSaid(room.recorder()));
        for (PointState point : points) {
            facts.add(new Fact.Named(point.key(), point.id()));
            point.newest().ifPresent(newest -> facts.add(new Fact.Observed(newest)));
        }
        // A name that a point still bears and another took with it when it ended.
        PointKey another = new PointKey(Long.MIN_VALUE);
        for (PointState point : points) {
            if (room.point(point.id()).isEmpty()) {
                facts.add(new Fact.Named(another, point.id()));
                facts.add(new Fact.Forgotten(another));
            }
        }
        return new Group(room.position(), room.committed(), facts);
    }

    private static boolean hasItsName(RoomState room, PointState point) {
        return room.point(point.id()).filter(named -> named.key().equals(point.key())).isPresent();
    }
}
