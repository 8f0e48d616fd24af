package vigie.console.banner;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.bridge.Frame;
import vigie.console.fault.Obstacle;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.room.Voice;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Whether the picture may be believed, and if not why. JavaFX thread only. */
public final class BannerModel {
    /** What a banner is about; each has a look and a sign of its own. */
    public enum Kind {
        /** The database is not followed any more, or cannot be: what is seen is old. */
        LOST,
        /** Not followed yet, or another plan than the operator's. */
        NOTE,
        /** Followed, but Home Assistant writes nothing. */
        SILENT,
        /** Followed, and Home Assistant changes its tables. */
        MIGRATING,
        /** Followed, and Home Assistant was stopped. */
        STOPPED,
        /** Followed, but not as closely as it could be. */
        POLL
    }

    /**
     * A banner.
     *
     * @param kind what it is about
     * @param headline what is
     * @param detail why, and what is done about it
     */
    public record Banner(Kind kind, String headline, String detail) {}

    /** They say themselves that Vigie tries again. */
    private static final Set<String> TRIES_AGAIN = Set.of("feed.lost", "feed.silent");

    /** A first connection is mostly made sooner: a band that comes and goes would move the plan. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    private final Speech speech;
    private final ReadOnlyObjectWrapper<Optional<Banner>> feed =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Banner>> way =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Banner>> plan =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Banner>> own =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    /** Settings or plan are others by now, and are shown at the present. */
    public static final Sentence WAITS = Sentence.of("console.banner.waits-detail");

    private final ReadOnlyObjectWrapper<Optional<Banner>> settings =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Optional<Sentence> planNotice;
    private Optional<Sentence> ownNotice = Optional.empty();
    private Optional<Sentence> settingsNotice = Optional.empty();
    private Optional<Frame> last = Optional.empty();
    private Optional<Instant> notLiveSince = Optional.empty();
    private Optional<Instant> lostSince = Optional.empty();
    private Optional<Obstacle.Kind> page = Optional.empty();
    private boolean everLive;
    private boolean past;

    /**
     * @param planNotice why another plan than the operator's is shown; empty: it is his
     */
    public BannerModel(Speech speech, Optional<Sentence> planNotice) {
        this.speech = speech;
        this.planNotice = planNotice;
        speech.wordsProperty().addListener(language -> make());
        make();
    }

    /** About what keeps the picture from being true now: the feed, else Home Assistant. */
    public ReadOnlyObjectProperty<Optional<Banner>> feedProperty() {
        return feed.getReadOnlyProperty();
    }

    /** About the way changes come, where it is not the best. */
    public ReadOnlyObjectProperty<Optional<Banner>> wayProperty() {
        return way.getReadOnlyProperty();
    }

    /** About the plan. */
    public ReadOnlyObjectProperty<Optional<Banner>> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /** About Vigie's own tables, or about the program itself. */
    public ReadOnlyObjectProperty<Optional<Banner>> ownProperty() {
        return own.getReadOnlyProperty();
    }

    /** About settings that were changed meanwhile and cannot be taken over. */
    public ReadOnlyObjectProperty<Optional<Banner>> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    /** Another one has seen the frames before. */
    public void goOnFrom(BannerModel before) {
        everLive = before.everLive;
        notLiveSince = before.notLiveSince;
        lostSince = before.lostSince;
    }

    /** What is wrong with settings that came to be meanwhile, or {@link #WAITS}; else empty. */
    public void setSettingsNotice(Optional<Sentence> notice) {
        if (!notice.equals(settingsNotice)) {
            settingsNotice = notice;
            make();
        }
    }

    /**
     * Since when nothing is heard, where somebody beside the banner tells it too; empty: what the
     * feed says counts.
     */
    public void setLostSince(Optional<Instant> since) {
        if (!since.equals(lostSince)) {
            lostSince = since;
            make();
        }
    }

    /**
     * Why nothing is written into Vigie's own tables, where somebody should know, or that the
     * program is not the one any more that is installed; else empty.
     */
    public void setOwnNotice(Optional<Sentence> notice) {
        if (!notice.equals(ownNotice)) {
            ownNotice = notice;
            make();
        }
    }

    /** Takes a frame. */
    public void show(Frame frame) {
        FeedStatus status = frame.moment().feed();
        if (past) {
            last = Optional.of(frame);
            make();
            return;
        }
        if (status.isLive()) {
            everLive = true;
            notLiveSince = Optional.empty();
        } else if (notLiveSince.isEmpty()) {
            // Phases follow each other while it tries again; the operator cares for the first.
            notLiveSince = Optional.of(status.since());
        }
        last = Optional.of(frame);
        make();
    }

    /**
     * Whether the frames to come are of the past. There Home Assistant may have been silent, but
     * the feed of today has nothing to say of it.
     */
    public void setPast(boolean isPast) {
        if (past != isPast) {
            past = isPast;
            last = Optional.empty();
            make();
        }
    }

    /** Which page of what stands in the way is shown; it tells the reason. Empty: none. */
    public void setPage(Optional<Obstacle.Kind> shown) {
        if (!shown.equals(page)) {
            page = shown;
            make();
        }
    }

    private void make() {
        plan.set(
                planNotice.map(notice ->
                        new Banner(
                                Kind.NOTE, speech.say("banner.plan"), speech.words().say(notice))));
        own.set(
                ownNotice.map(notice ->
                        new Banner(
                                Kind.NOTE,
                                speech.say(
                                        notice.key().startsWith("app.program.")
                                                ? "banner.program"
                                                : "banner.own"),
                                speech.words().say(notice))));
        settings.set(
                settingsNotice.map(notice ->
                        new Banner(
                                Kind.NOTE,
                                speech.say(
                                        notice.equals(WAITS) ? "banner.waits" : "banner.settings"),
                                speech.words().say(notice))));
        feed.set(last.flatMap(this::ofFeed));
        way.set(last.flatMap(this::ofWay));
    }

    private Optional<Banner> ofFeed(Frame frame) {
        FeedStatus status = frame.moment().feed();
        if (past || status.isLive()) {
            return ofVoice(frame);
        }
        Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
        Instant since = lostSince.or(() -> notLiveSince).orElse(status.since());
        Duration age = Duration.between(since, frame.now());
        String ago = figures.age(age.isNegative() ? Duration.ZERO : age);
        // While the page is shown, attempts follow each other: what it is about stays said.
        boolean blocked =
                page.map(Obstacle.Kind.BLOCKED::equals)
                        .orElse(status.phase() == FeedStatus.Phase.BLOCKED);
        boolean cutOff = page.isPresent() || status.phase() == FeedStatus.Phase.BACKOFF;
        boolean lost = everLive || blocked || cutOff;
        if (!lost && age.compareTo(FIRST) < 0) {
            return Optional.empty();
        }
        String headline;
        if (everLive) {
            headline = speech.say("banner.lost", figures.time(since, frame.now()), ago);
        } else if (blocked) {
            headline = speech.say("banner.blocked");
        } else if (cutOff) {
            headline = speech.say("banner.never", figures.time(since, frame.now()), ago);
        } else {
            headline = speech.say("banner.connecting");
        }
        return Optional.of(new Banner(lost ? Kind.LOST : Kind.NOTE, headline, detail(status)));
    }

    /** What the page says is not said again. */
    private String detail(FeedStatus status) {
        if (page.isPresent()) {
            return switch (page.get()) {
                case UNREACHED -> "";
                case BLOCKED -> speech.say("banner.doing-blocked");
            };
        }
        if (status.phase() == FeedStatus.Phase.BACKOFF
                && status.reason().filter(why -> TRIES_AGAIN.contains(why.key())).isPresent()) {
            return status.reason().map(speech.words()::say).orElse("");
        }
        String doing = speech.say(doing(status.phase()));
        return status.reason()
                .map(reason -> ended(speech.words().say(reason)) + " " + doing)
                .orElse(doing);
    }

    private Optional<Banner> ofVoice(Frame frame) {
        Voice voice = frame.voice();
        return switch (voice.kind()) {
            case HEARD -> Optional.empty();
            case SILENT -> Optional.of(ofVoice(frame, Kind.SILENT, "banner.silent"));
            case MIGRATING -> Optional.of(ofVoice(frame, Kind.MIGRATING, "banner.migrating"));
            case STOPPED -> Optional.of(ofVoice(frame, Kind.STOPPED, "banner.stopped"));
        };
    }

    private Banner ofVoice(Frame frame, Kind kind, String key) {
        Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
        String headline =
                frame.voice()
                        .since()
                        .map(since -> {
                            Duration age = Duration.between(since, frame.now());
                            return speech.say(
                                    key,
                                    figures.time(since, frame.now()),
                                    figures.age(age.isNegative() ? Duration.ZERO : age));
                        })
                        .orElseGet(() -> speech.say(key + "-unknown"));
        return new Banner(kind, headline, speech.say(key + "-detail"));
    }

    /** While it is not live, why not says more than the way. */
    private Optional<Banner> ofWay(Frame frame) {
        FeedStatus status = frame.moment().feed();
        if (past || !status.isLive()) {
            return Optional.empty();
        }
        Optional<String> reason = status.reason().map(speech.words()::say);
        return switch (status.way()) {
            case BINLOG ->
                    reason.map(why -> new Banner(Kind.NOTE, speech.say("banner.replica"), why));
            case POLL ->
                    Optional.of(
                            new Banner(Kind.POLL, speech.say("banner.poll"), reason.orElse("")));
        };
    }

    /** A sentence that another follows ends with a full stop. */
    private static String ended(String sentence) {
        return sentence.matches("(?s).*[.!?…]\\s*") ? sentence : sentence + ".";
    }

    private static String doing(FeedStatus.Phase phase) {
        return switch (phase) {
            case IDLE -> "banner.doing-nothing";
            case CHECK -> "banner.doing-check";
            case SNAPSHOT -> "banner.doing-snapshot";
            case CATCHUP, LIVE -> "banner.doing-catchup";
            case BACKOFF -> "banner.doing-backoff";
            case RESYNC -> "banner.doing-resync";
            case BLOCKED -> "banner.doing-blocked";
        };
    }
}
