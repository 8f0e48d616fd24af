package vigie.console.header;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.bridge.Frame;
import vigie.console.marks.Mark;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.point.Reading;
import vigie.room.PointState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the room is, in one line. JavaFX thread only. */
public final class HeaderModel {
    /**
     * What the head says.
     *
     * @param room the room's name
     * @param mark the sign before the state
     * @param state in words
     * @param since since when it is not normal, silent sensors, and other remarks; may be empty
     * @param known false while the picture does not show how the room is now
     */
    public record Content(String room, Mark mark, String state, String since, boolean known) {}

    /**
     * For how long the room has not been normal.
     *
     * @param since not later than it began
     * @param exactly whether it did not begin earlier
     * @param readings what deviated last
     */
    private record Abnormal(Instant since, boolean exactly, Set<Placement> readings) {}

    private final Speech speech;
    private final Plan plan;
    private final ReadOnlyObjectWrapper<Content> content;
    private Optional<Frame> last = Optional.empty();
    private boolean past;

    // Of the present alone, also while the past is shown.
    private Optional<Abnormal> abnormal = Optional.empty();
    private Optional<Frame> lastLive = Optional.empty();

    public HeaderModel(Speech speech, Plan plan) {
        this.speech = speech;
        this.plan = plan;
        content = new ReadOnlyObjectWrapper<>(make());
        speech.wordsProperty().addListener(language -> content.set(make()));
    }

    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /**
     * Whether the frames to come are of the past. Of it no since is told; that of the present is
     * kept meanwhile.
     */
    public void setPast(boolean isPast) {
        if (past != isPast) {
            past = isPast;
            last = Optional.empty();
            // What happens meanwhile nobody watches.
            lastLive = Optional.empty();
        }
    }

    /** Takes a frame. */
    public void show(Frame frame) {
        if (!past) {
            abnormal = abnormal(frame);
            lastLive = Optional.of(frame);
        }
        last = Optional.of(frame);
        content.set(make());
    }

    /** Another one has seen the frames before. */
    public void goOnFrom(HeaderModel before) {
        abnormal = before.abnormal;
        lastLive = before.lastLive;
    }

    private Optional<Abnormal> abnormal(Frame frame) {
        if (frame.summary().alarms() + frame.summary().warnings() == 0) {
            return Optional.empty();
        }
        List<PlacedReading> deviating =
                frame.picture().plan().elements(Element.Sensor.class).stream()
                        .flatMap(sensor -> frame.picture().element(sensor.id()).stream())
                        .flatMap(element -> element.readings().stream())
                        .filter(reading -> reading.deviation() != Deviation.NONE)
                        .toList();
        Set<Placement> readings =
                deviating.stream().map(PlacedReading::placement).collect(Collectors.toSet());
        Instant since =
                deviating.stream()
                        .map(reading -> began(reading, frame))
                        .min(Comparator.naturalOrder())
                        .orElse(frame.now());
        // After some time in the past nobody knows whether it was normal meanwhile: it goes on if
        // something of it does.
        Optional<Abnormal> before =
                abnormal.filter(its ->
                        lastLive.isPresent() || !Collections.disjoint(its.readings(), readings));
        if (before.isPresent()) {
            Instant earliest = before.get().since();
            return Optional.of(
                    new Abnormal(
                            since.isBefore(earliest) ? since : earliest,
                            before.get().exactly(),
                            readings));
        }
        // A state tells itself when it began; of a number only who saw the one before knows.
        boolean told =
                deviating.stream().noneMatch(reading -> reading.placement().quantity().isNumber());
        boolean seen = lastLive.filter(Frame::connected).isPresent();
        return Optional.of(new Abnormal(since, told || seen, readings));
    }

    /** Since when at least a reading has deviated. */
    private Instant began(PlacedReading reading, Frame frame) {
        // What deviates without another reading does so since its limits are others.
        boolean wasNormal =
                lastLive.flatMap(before -> before.picture().element(reading.sensor().id()))
                        .filter(before ->
                                before.readings().stream()
                                        .anyMatch(one ->
                                                one.placement().equals(reading.placement())
                                                        && one.time().equals(reading.time())
                                                        && one.isTrustworthy()
                                                        && one.deviation() == Deviation.NONE))
                        .isPresent();
        return reading.state()
                .flatMap(PointState::newest)
                .map(Reading::changed)
                .filter(changed -> !wasNormal && changed.isBefore(frame.now()))
                .orElse(frame.now());
    }

    private Content make() {
        String room = plan.label().in(speech.words().locale());
        if (last.isEmpty() || last.get().moment().state().size() == 0) {
            // What the past does not hold will not come either.
            boolean never = past && last.isPresent();
            String state = never ? speech.say("header.not-recorded") : speech.say("header.unknown");
            return new Content(room, Mark.NONE, state, "", false);
        }
        Frame frame = last.get();
        if (frame.summary().readings() == 0) {
            return new Content(
                    room,
                    Mark.NONE,
                    speech.say("header.nothing-bound"),
                    past ? "" : speech.say("header.bind"),
                    false);
        }
        int alarms = frame.summary().alarms();
        int warnings = frame.summary().warnings();
        int silent = frame.summary().blind();
        List<String> remarks = new ArrayList<>();
        if (alarms + warnings > 0) {
            Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
            abnormal.filter(_ -> !past)
                    .ifPresent(its ->
                            remarks.add(
                                    speech.say(
                                            its.exactly() ? "header.since" : "header.since-before",
                                            figures.time(its.since(), frame.now()))));
        }
        if (silent > 0) {
            remarks.add(speech.say("header.silent", silent));
        }
        int stale = frame.summary().stale();
        if (stale > 0) {
            remarks.add(speech.say("header.stale", stale));
        }
        String state =
                silent == frame.summary().readings()
                        ? blind(frame)
                        : state(alarms, warnings, silent + stale);
        return new Content(
                room,
                alarms > 0 ? Mark.ALARM : warnings > 0 ? Mark.WARNING : Mark.NONE,
                frame.current() ? state : speech.say("header.last-known", state),
                String.join(" · ", remarks),
                frame.current());
    }

    /** Of a room of which nothing is seen nobody can say that it is within its limits. */
    private String blind(Frame frame) {
        boolean seen =
                frame.picture().elements().values().stream()
                        .flatMap(element -> element.readings().stream())
                        .anyMatch(reading -> reading.time().isPresent());
        return seen || !past ? speech.say("header.blind") : speech.say("header.not-recorded");
    }

    private String state(int alarms, int warnings, int unseen) {
        if (alarms == 0 && warnings == 0) {
            // What cannot be seen cannot be called normal.
            return speech.say(unseen == 0 ? "header.normal" : "header.normal-as-far");
        }
        List<String> parts = new ArrayList<>();
        if (alarms > 0) {
            parts.add(speech.say("header.alarms", alarms));
        }
        if (warnings > 0) {
            parts.add(speech.say("header.warnings", warnings));
        }
        return String.join(", ", parts);
    }
}
