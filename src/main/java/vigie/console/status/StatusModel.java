package vigie.console.status;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.bridge.Frame;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;

import java.time.Duration;
import java.util.Optional;

/** What the bar at the foot says. JavaFX thread only. */
public final class StatusModel {
    /** The shape beside the feed's state. */
    public enum Shape {
        /** Follows the database: a full circle. */
        LIVE,
        /** On the way: a hollow circle. */
        WORKING,
        /** Needs a person, or is cut off: a cross. */
        DOWN
    }

    /** What the bar shows; texts may be empty. */
    public record Content(
            Shape shape, String feed, String delay, String rate, String day, String clock) {}

    private final Speech speech;
    private final String database;
    private final ReadOnlyObjectWrapper<Content> content;
    private Optional<Frame> last = Optional.empty();
    private boolean blocked;

    /**
     * @param database where the data come from, without password; may be empty
     */
    public StatusModel(Speech speech, String database) {
        this.speech = speech;
        this.database = database;
        content = new ReadOnlyObjectWrapper<>(make());
        speech.wordsProperty().addListener(language -> content.set(make()));
    }

    public String database() {
        return database;
    }

    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /** Takes a frame. */
    public void show(Frame frame) {
        last = Optional.of(frame);
        content.set(make());
    }

    /** Whether the page of an error is shown. */
    public void setBlocked(boolean isBlocked) {
        blocked = isBlocked;
        content.set(make());
    }

    private Content make() {
        if (last.isEmpty()) {
            return new Content(
                    blocked ? Shape.DOWN : Shape.WORKING,
                    speech.say(blocked ? "feed.blocked" : "feed.connecting"),
                    "",
                    "",
                    "",
                    "");
        }
        Frame frame = last.get();
        Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
        FeedStatus.Phase phase = blocked ? FeedStatus.Phase.BLOCKED : frame.moment().feed().phase();
        boolean live = phase == FeedStatus.Phase.LIVE;
        return new Content(
                shape(phase),
                speech.say(words(phase)),
                live ? frame.moment().delay().map(delay -> delay(delay, figures)).orElse("") : "",
                live ? rate(frame.moment().readingsPerSecond(), figures) : "",
                figures.day(frame.now()) + " · " + figures.zoneName(frame.now()),
                figures.clock(frame.now()));
    }

    private String delay(Duration delay, Figures figures) {
        // The database's commit clock has whole seconds; a smaller figure would be invented.
        return delay.compareTo(Duration.ofSeconds(1)) < 0
                ? speech.say("status.delay-small")
                : speech.say("status.delay", figures.age(delay));
    }

    private String rate(double perSecond, Figures figures) {
        return speech.say("status.rate", figures.number(perSecond, perSecond < 10 ? 1 : 0));
    }

    private static Shape shape(FeedStatus.Phase phase) {
        return switch (phase) {
            case LIVE -> Shape.LIVE;
            case CHECK, SNAPSHOT, CATCHUP, RESYNC -> Shape.WORKING;
            case IDLE, BACKOFF, BLOCKED -> Shape.DOWN;
        };
    }

    private static String words(FeedStatus.Phase phase) {
        return switch (phase) {
            case IDLE -> "feed.idle";
            case CHECK -> "feed.check";
            case SNAPSHOT -> "feed.snapshot";
            case CATCHUP -> "feed.catchup";
            case LIVE -> "feed.live";
            case BACKOFF -> "feed.backoff";
            case RESYNC -> "feed.resync";
            case BLOCKED -> "feed.blocked";
        };
    }
}
