package vigie.console.header;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.bridge.Frame;
import vigie.console.marks.Mark;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.plan.Plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private final Speech speech;
    private final Plan plan;
    private final ReadOnlyObjectWrapper<Content> content;
    private Optional<Frame> last = Optional.empty();
    private Optional<Instant> abnormalSince = Optional.empty();
    private boolean sawBeginning;
    private boolean past;

    public HeaderModel(Speech speech, Plan plan) {
        this.speech = speech;
        this.plan = plan;
        content = new ReadOnlyObjectWrapper<>(make());
        speech.wordsProperty().addListener(language -> content.set(make()));
    }

    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /** Whether the frames to come are of the past; nobody watched it, so no since is told. */
    public void setPast(boolean isPast) {
        if (past != isPast) {
            past = isPast;
            abnormalSince = Optional.empty();
            last = Optional.empty();
        }
    }

    /** Takes a frame. */
    public void show(Frame frame) {
        boolean abnormal = frame.summary().alarms() + frame.summary().warnings() > 0;
        if (!abnormal || past) {
            abnormalSince = Optional.empty();
        } else if (abnormalSince.isEmpty()) {
            abnormalSince = Optional.of(frame.now());
            sawBeginning = last.filter(Frame::connected).isPresent();
        }
        last = Optional.of(frame);
        content.set(make());
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
            abnormalSince.ifPresent(since ->
                    remarks.add(
                            speech.say(
                                    sawBeginning ? "header.since" : "header.since-before",
                                    figures.time(since, frame.now()))));
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
