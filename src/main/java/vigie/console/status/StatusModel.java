package vigie.console.status;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.bridge.Frame;
import vigie.console.fault.Obstacle;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.feed.Tally;
import vigie.room.Voice;
import vigie.timeline.Clocks;
import vigie.timeline.Delay;
import vigie.timeline.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the bar at the foot says. JavaFX thread only. */
public final class StatusModel {
    /** The shape beside the feed's state. */
    public enum Shape {
        /** Follows the database: a full circle. */
        LIVE,
        /** On the way: a hollow circle. */
        WORKING,
        /** Needs a person, or is cut off: a cross. */
        DOWN,
        /** Follows the database, Home Assistant is silent: a broken circle. */
        SILENT,
        /** Follows the database, Home Assistant changes its tables: two bars. */
        MIGRATING,
        /** Follows the database, Home Assistant was stopped: a square. */
        STOPPED
    }

    /**
     * One thing that the bar says.
     *
     * @param text empty: the bar does not show it
     * @param more what there is to know beside, for who points at it; may be empty
     */
    public record Part(String text, String more) {
        static final Part NONE = new Part("", "");
    }

    /**
     * What the bar shows.
     *
     * @param shape beside the feed's state
     * @param feed the feed's state
     * @param delay how far behind the database
     * @param rate readings per second
     * @param way how changes come, where it is not the best
     * @param mended what the feed had to mend of late
     * @param clocks whose clock is off
     * @param host the server followed, where there is a choice
     * @param day the day and the zone
     * @param clock the time of the day
     */
    public record Content(
            Shape shape,
            Part feed,
            Part delay,
            Part rate,
            Part way,
            Part mended,
            Part clocks,
            Part host,
            Part day,
            Part clock) {}

    /** What was mended stays in the bar for so long; afterwards it is in the feed's tooltip. */
    static final Duration MENDED_SHOWN = Duration.ofMinutes(10);

    /** A comma within the address; one before a space is a sentence's. */
    private static final Pattern SEVERAL_HOSTS = Pattern.compile(",\\S");

    private static final Duration TENTH = Duration.ofMillis(100);
    private static final double MILLIS = 1_000;

    private final Speech speech;
    private final String database;
    private final ReadOnlyObjectWrapper<Content> content;
    private Optional<Frame> last = Optional.empty();
    private Optional<Obstacle.Kind> page = Optional.empty();
    private Optional<Moment> live = Optional.empty();
    private boolean past;

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

    /** Which page of what stands in the way is shown; empty: none. */
    public void setPage(Optional<Obstacle.Kind> shown) {
        page = shown;
        content.set(make());
    }

    /**
     * Whether the frames to come are of the past.
     *
     * @param isPast false: what was said of the present beside it is forgotten
     */
    public void setPast(boolean isPast) {
        if (past != isPast) {
            past = isPast;
            last = Optional.empty();
            live = Optional.empty();
            content.set(make());
        }
    }

    /** How the present is, while the past is shown. */
    public void showLive(Moment moment) {
        live = Optional.of(moment);
        content.set(make());
    }

    /** The feed that is told is the present's; the day and the clock are those of the past. */
    private Content ofPast(Frame frame, Figures figures) {
        return new Content(
                presentShape(),
                plain(presentFeed()),
                Part.NONE,
                Part.NONE,
                live.map(Moment::feed).map(this::way).orElse(Part.NONE),
                Part.NONE,
                live.map(moment -> clocks(moment.clocks(), figures)).orElse(Part.NONE),
                Part.NONE,
                plain(
                        speech.say(
                                "status.past-shown",
                                figures.day(frame.now()) + " · " + figures.zoneName(frame.now()))),
                plain(figures.clock(frame.now())));
    }

    private Shape presentShape() {
        return live.map(Moment::feed).map(feed -> shape(feed.phase())).orElse(Shape.WORKING);
    }

    private String presentFeed() {
        return live.map(Moment::feed)
                .map(feed -> speech.say("status.past-feed", speech.say(words(feed.phase()))))
                .orElseGet(() -> speech.say("status.past-none"));
    }

    private Content make() {
        if (last.isEmpty()) {
            return new Content(
                    page.isPresent() ? Shape.DOWN : presentShape(),
                    plain(
                            page.map(StatusModel::words)
                                    .map(speech::say)
                                    .orElseGet(() ->
                                            live.isPresent()
                                                    ? presentFeed()
                                                    : speech.say("feed.connecting"))),
                    Part.NONE,
                    Part.NONE,
                    Part.NONE,
                    Part.NONE,
                    Part.NONE,
                    Part.NONE,
                    Part.NONE,
                    Part.NONE);
        }
        Frame frame = last.get();
        Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
        if (past) {
            return ofPast(frame, figures);
        }
        FeedStatus feed = frame.moment().feed();
        boolean isLive = page.isEmpty() && feed.isLive();
        return new Content(
                isLive
                        ? shape(frame.voice())
                        : page.map(shown -> Shape.DOWN).orElseGet(() -> shape(feed.phase())),
                feed(frame, isLive, figures),
                isLive ? delay(frame) : Part.NONE,
                isLive ? plain(rate(frame.moment().readingsPerSecond(), figures)) : Part.NONE,
                way(feed),
                mended(feed.tally(), frame.now(), figures),
                clocks(frame.moment().clocks(), figures),
                host(feed),
                plain(figures.day(frame.now()) + " · " + figures.zoneName(frame.now())),
                plain(figures.clock(frame.now())));
    }

    private static Part plain(String text) {
        return new Part(text, "");
    }

    private Part feed(Frame frame, boolean isLive, Figures figures) {
        FeedStatus feed = frame.moment().feed();
        String state =
                speech.say(
                        isLive
                                ? words(frame.voice())
                                : page.map(StatusModel::words)
                                        .orElseGet(() -> words(feed.phase())));
        List<String> more = new ArrayList<>();
        more.add(speech.say("status.since", state, figures.time(feed.since(), frame.now())));
        feed.host().ifPresent(host -> more.add(speech.say("status.follows", host)));
        if (feed.way() == FeedStatus.Way.BINLOG) {
            feed.reason().ifPresent(reason -> more.add(speech.words().say(reason)));
        }
        more.addAll(mendings(feed.tally(), frame.now(), figures));
        return new Part(state, String.join("\n", more));
    }

    /** What the last commit told is out of date when nobody commits; a heartbeat goes on. */
    private Part delay(Frame frame) {
        boolean heard = frame.voice().kind() == Voice.Kind.HEARD;
        return frame.moment()
                .delay()
                .filter(delay -> heard || delay.exact())
                .map(this::delay)
                .orElse(Part.NONE);
    }

    private Part delay(Delay delay) {
        Figures figures = last.map(this::figures).orElseThrow();
        Duration length = delay.length();
        String text;
        if (length.compareTo(Duration.ofSeconds(1)) >= 0) {
            text = speech.say("status.delay", figures.age(length));
        } else if (!delay.exact()) {
            // The database's commit clock has whole seconds; a smaller figure would be invented.
            text = speech.say("status.delay-small");
        } else if (length.compareTo(TENTH) < 0) {
            text = speech.say("status.delay-tenth", figures.number(0.1, 1));
        } else {
            text =
                    speech.say(
                            "status.delay-seconds", figures.number(length.toMillis() / MILLIS, 1));
        }
        return new Part(
                text, speech.say(delay.exact() ? "status.delay-exact" : "status.delay-by-commit"));
    }

    private Figures figures(Frame frame) {
        return RoomZone.figures(speech.words(), frame.picture().plan());
    }

    private String rate(double perSecond, Figures figures) {
        return speech.say("status.rate", figures.number(perSecond, perSecond < 10 ? 1 : 0));
    }

    private Part way(FeedStatus feed) {
        return switch (feed.way()) {
            case BINLOG ->
                    feed.isLive()
                            ? feed.reason()
                                    .map(why ->
                                            new Part(
                                                    speech.say("status.replica"),
                                                    speech.words().say(why)))
                                    .orElse(Part.NONE)
                            : Part.NONE;
            case POLL ->
                    new Part(
                            speech.say("status.poll"),
                            feed.reason().map(speech.words()::say).orElse(""));
        };
    }

    private Part mended(Tally tally, Instant now, Figures figures) {
        boolean recent =
                tally.last()
                        .filter(at -> Duration.between(at, now).compareTo(MENDED_SHOWN) < 0)
                        .isPresent();
        List<String> mendings = mendings(tally, now, figures);
        return recent && !mendings.isEmpty()
                ? new Part(mendings.getFirst(), String.join("\n", mendings))
                : Part.NONE;
    }

    /** In one line what, then why; empty where nothing had to be mended. */
    private List<String> mendings(Tally tally, Instant now, Figures figures) {
        if (tally.last().isEmpty()) {
            return List.of();
        }
        List<String> what = new ArrayList<>();
        if (tally.recovered() > 0) {
            what.add(speech.say("status.recovered", tally.recovered()));
        }
        if (tally.undone() > 0) {
            what.add(speech.say("status.undone", tally.undone()));
        }
        if (tally.skips() > 0) {
            what.add(speech.say("status.skipped", tally.skips()));
        }
        if (what.isEmpty()) {
            what.add(speech.say("status.read-anew", tally.resyncs()));
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                speech.say(
                        "status.mended",
                        figures.time(tally.last().get(), now),
                        String.join(", ", what)));
        tally.why().ifPresent(why -> lines.add(speech.words().say(why)));
        if (tally.skips() > 0) {
            lines.add(speech.say("status.skipped-why"));
        }
        return lines;
    }

    private Part clocks(Clocks clocks, Figures figures) {
        List<String> off = new ArrayList<>();
        if (clocks.isDatabaseOff()) {
            off.add(clock("status.clock-database", clocks.database(), figures));
        }
        if (clocks.isHomeAssistantOff()) {
            off.add(clock("status.clock-home-assistant", clocks.homeAssistant(), figures));
        }
        return off.isEmpty()
                ? Part.NONE
                : new Part(String.join(" · ", off), speech.say("status.clock-more"));
    }

    private String clock(String key, Duration ahead, Figures figures) {
        return speech.say(
                key + (ahead.isNegative() ? "-behind" : "-ahead"), figures.age(ahead.abs()));
    }

    /** Where the address names several, which one. */
    private Part host(FeedStatus feed) {
        return SEVERAL_HOSTS.matcher(database).find()
                ? feed.host().map(host -> plain(speech.say("status.host", host))).orElse(Part.NONE)
                : Part.NONE;
    }

    private static Shape shape(Voice voice) {
        return switch (voice.kind()) {
            case HEARD -> Shape.LIVE;
            case SILENT -> Shape.SILENT;
            case MIGRATING -> Shape.MIGRATING;
            case STOPPED -> Shape.STOPPED;
        };
    }

    private static String words(Voice voice) {
        return switch (voice.kind()) {
            case HEARD -> "feed.live";
            case SILENT -> "feed.live-silent";
            case MIGRATING -> "feed.live-migrating";
            case STOPPED -> "feed.live-stopped";
        };
    }

    private static String words(Obstacle.Kind page) {
        return switch (page) {
            case UNREACHED -> "feed.unreached";
            case BLOCKED -> "feed.blocked";
        };
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
