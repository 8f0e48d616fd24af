package vigie.console.wall;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.bridge.Frame;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.plan.Plan;
import vigie.room.Voice;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Clock and heartbeat of a wall. The clock goes on with every second; the heartbeat only with the
 * frames that were shown in it, and looks as the feed's last sign of life is old. So a picture that
 * stands, a window that stands and a feed that stands differ, and none of them looks alive. JavaFX
 * thread only.
 */
public final class WallModel {
    /**
     * The server is heard every second. Without a sign for so long something is late; a reconnect
     * takes no longer.
     */
    static final Duration LATE_AFTER = Duration.ofSeconds(4);

    /** Nobody may take a picture for a live one that is older. */
    static final Duration GONE_AFTER = Duration.ofSeconds(12);

    /** A frame comes every second while a timeline is followed. */
    static final Duration STANDS_AFTER = Duration.ofSeconds(5);

    /**
     * What the band says.
     *
     * @param clock the time in the room, with seconds
     * @param day the day in full, and its distance from UTC where the zone is not this computer's
     * @param beat the heartbeat
     * @param word what the heartbeat means, in one or two words
     * @param since how old what is shown is; may be empty
     */
    public record Content(String clock, String day, Beat beat, String word, String since) {}

    /**
     * What a second finds.
     *
     * @param now of the clock that is shown
     * @param nanos the monotonic clock
     * @param feed how the feed stands; empty: there is none
     * @param silence how long the server has not been heard, where somebody can tell
     */
    public record Second(
            Instant now, long nanos, Optional<FeedStatus> feed, Optional<Duration> silence) {}

    private final Speech speech;
    private final Plan plan;
    private final ZoneId home;
    private final ReadOnlyObjectWrapper<Content> content;

    private Second last;
    private long aliveNanos;
    private boolean wasAlive;
    private long shownNanos;
    private boolean shownSince = true;
    private int step;
    private Voice voice = Voice.HEARD;
    private Optional<Instant> lost = Optional.empty();

    /**
     * @param began the first second
     */
    public WallModel(Speech speech, Plan plan, Second began) {
        this(speech, plan, began, ZoneId.systemDefault());
    }

    /**
     * @param home the zone of this computer
     */
    WallModel(Speech speech, Plan plan, Second began, ZoneId home) {
        this.speech = speech;
        this.plan = plan;
        this.home = home;
        last = began;
        shownNanos = began.nanos();
        aliveNanos = began.nanos();
        content = new ReadOnlyObjectWrapper<>(make());
        speech.wordsProperty().addListener(language -> content.set(make()));
    }

    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /** A frame of the present is on the screen. */
    public void show(Frame frame, long nanos) {
        voice = frame.voice();
        shownNanos = nanos;
        shownSince = true;
    }

    /** Another second has passed. */
    public void pass(Second second) {
        last = second;
        boolean live = second.feed().filter(FeedStatus::isLive).isPresent();
        if (live) {
            Duration silence = second.silence().orElse(Duration.ZERO);
            long heard = second.nanos() - silence.toNanos();
            aliveNanos = wasAlive ? Math.max(aliveNanos, heard) : heard;
            wasAlive = true;
            lost = Optional.empty();
        } else if (wasAlive && lost.isEmpty()) {
            lost = Optional.of(second.now().minus(quiet()));
        }
        if (shownSince || !live) {
            step++;
        }
        shownSince = false;
        content.set(make());
    }

    /**
     * When the server was last heard before the feed was lost; empty while it is live, or never
     * was. All that tells of one outage counts from here.
     */
    public Optional<Instant> lostSince() {
        return lost;
    }

    /** Another one has seen what was before. */
    public void goOnFrom(WallModel before) {
        aliveNanos = before.aliveNanos;
        wasAlive = before.wasAlive;
        lost = before.lost;
        step = before.step;
        voice = before.voice;
        shownNanos = before.shownNanos;
        content.set(make());
    }

    private Content make() {
        Figures figures = RoomZone.figures(speech.words(), plan);
        Beat.Kind kind = kind();
        ZoneId zone = RoomZone.of(plan);
        boolean here =
                zone.getRules().getOffset(last.now()).equals(home.getRules().getOffset(last.now()));
        String day = figures.day(last.now());
        return new Content(
                figures.clock(last.now()),
                here ? day : day + " · " + figures.offset(last.now()),
                new Beat(kind, step),
                word(kind),
                since(kind, figures));
    }

    private Beat.Kind kind() {
        boolean live = last.feed().filter(FeedStatus::isLive).isPresent();
        Duration quiet = quiet();
        if (!wasAlive || quiet.compareTo(GONE_AFTER) >= 0) {
            return Beat.Kind.GONE;
        }
        if (live && standsFor().compareTo(STANDS_AFTER) >= 0) {
            return Beat.Kind.STANDS;
        }
        return quiet.compareTo(LATE_AFTER) >= 0 || !voice.isHeard()
                ? Beat.Kind.LATE
                : Beat.Kind.BEATS;
    }

    private Duration quiet() {
        return Duration.ofNanos(Math.max(0, last.nanos() - aliveNanos));
    }

    private Duration standsFor() {
        return Duration.ofNanos(Math.max(0, last.nanos() - shownNanos));
    }

    private String word(Beat.Kind kind) {
        return speech.say(
                switch (kind) {
                    case BEATS -> "wall.live";
                    case LATE ->
                            quiet().compareTo(LATE_AFTER) >= 0
                                    ? "wall.late"
                                    : switch (voice.kind()) {
                                        case HEARD -> "wall.live";
                                        case SILENT -> "wall.silent";
                                        case MIGRATING -> "wall.migrating";
                                        case STOPPED -> "wall.stopped";
                                    };
                    case GONE -> wasAlive ? "wall.gone" : "wall.never";
                    case STANDS -> "wall.stands";
                });
    }

    private String since(Beat.Kind kind, Figures figures) {
        if (lost.isPresent() && kind != Beat.Kind.BEATS) {
            // The banner counts the seconds: of two counts one would be ahead.
            return speech.say("wall.since", figures.time(lost.get(), last.now()));
        }
        return switch (kind) {
            case BEATS -> "";
            case LATE ->
                    quiet().compareTo(LATE_AFTER) >= 0
                            ? speech.say("wall.for", figures.age(quiet()))
                            : voice.since()
                                    .map(at ->
                                            speech.say("wall.since", figures.time(at, last.now())))
                                    .orElse("");
            case GONE -> wasAlive ? speech.say("wall.for", figures.age(quiet())) : "";
            case STANDS -> speech.say("wall.for", figures.age(standsFor()));
        };
    }
}
