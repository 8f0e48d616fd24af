package vigie.console.banner;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.bridge.Frame;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the picture may be believed, and if not why. JavaFX thread only. */
public final class BannerModel {
    /**
     * A banner.
     *
     * @param urgent the picture is no longer true; otherwise it is not yet
     * @param headline what is
     * @param detail why, and what is done about it
     */
    public record Banner(boolean urgent, String headline, String detail) {}

    private final Speech speech;
    private final ReadOnlyObjectWrapper<Optional<Banner>> feed =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Banner>> plan =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Optional<Sentence> planNotice;
    private Optional<Frame> last = Optional.empty();
    private Optional<Instant> notLiveSince = Optional.empty();
    private boolean everLive;

    /**
     * @param planNotice why another plan than the operator's is shown; empty: it is his
     */
    public BannerModel(Speech speech, Optional<Sentence> planNotice) {
        this.speech = speech;
        this.planNotice = planNotice;
        speech.wordsProperty().addListener(language -> make());
        make();
    }

    /** About the feed. */
    public ReadOnlyObjectProperty<Optional<Banner>> feedProperty() {
        return feed.getReadOnlyProperty();
    }

    /** About the plan. */
    public ReadOnlyObjectProperty<Optional<Banner>> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /** Takes a frame. */
    public void show(Frame frame) {
        FeedStatus status = frame.moment().feed();
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

    private void make() {
        plan.set(
                planNotice.map(notice ->
                        new Banner(false, speech.say("banner.plan"), speech.words().say(notice))));
        feed.set(last.flatMap(this::ofFeed));
    }

    private Optional<Banner> ofFeed(Frame frame) {
        FeedStatus status = frame.moment().feed();
        if (status.isLive()) {
            return Optional.empty();
        }
        Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
        Instant since = notLiveSince.orElse(status.since());
        Duration age = Duration.between(since, frame.now());
        String ago = figures.age(age.isNegative() ? Duration.ZERO : age);
        String doing = speech.say(doing(status.phase()));
        String detail =
                status.reason()
                        .map(reason -> ended(speech.words().say(reason)) + " " + doing)
                        .orElse(doing);
        boolean lost = everLive || status.phase() == FeedStatus.Phase.BACKOFF;
        String headline =
                everLive
                        ? speech.say("banner.lost", figures.time(since, frame.now()), ago)
                        : lost
                                ? speech.say("banner.never", figures.time(since, frame.now()), ago)
                                : speech.say("banner.connecting");
        return Optional.of(new Banner(lost, headline, detail));
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
