package vigie.console.replay;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import vigie.console.words.ChangeWords;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.room.Voice;
import vigie.timeline.Moment;
import vigie.timeline.Playback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the band over the window says while it does not show the present: which moment, how it
 * plays, and how the present is meanwhile. JavaFX thread only.
 */
public final class ModeModel {
    /**
     * The band.
     *
     * @param mode {@link Mode#LIVE} only where the present is held against another moment
     * @param title the mode, the moment and the speed, in words and digits
     * @param state how it plays, and what it stopped at
     * @param remark that the window returns to the present soon; may be empty
     * @param live how the present is meanwhile; empty: it is what is shown
     * @param liveIsWell whether the present is followed and Home Assistant is heard; false also
     *     where there is none
     * @param way what its button does: back to the present, or the end of the drill or of the
     *     comparison; empty: no button
     */
    public record Band(
            Mode mode,
            String title,
            String state,
            String remark,
            String live,
            boolean liveIsWell,
            String way) {}

    private static final Duration PACE = Duration.ofSeconds(1);

    /** How the present was at a moment of this computer's clock. */
    private record Present(Instant at, String words, boolean isWell) {}

    private final Speech speech;
    private final Plan plan;

    /** What ended so lately ended at the present, as far as it was known. */
    private static final Duration LATELY = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Optional<Band>> band =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Mode mode = Mode.LIVE;
    private Optional<Playback> playback = Optional.empty();
    private Optional<Instant> shown = Optional.empty();
    private Optional<Moment> live = Optional.empty();
    private Optional<Duration> returnsIn = Optional.empty();
    private boolean compares;
    private Optional<Instant> other = Optional.empty();
    private @Nullable Present judged;

    /**
     * @param clock this computer's
     */
    public ModeModel(Speech speech, Plan plan, InstantSource clock) {
        this.speech = speech;
        this.plan = plan;
        this.clock = clock;
        speech.wordsProperty()
                .addListener(language -> {
                    judged = null;
                    make();
                });
    }

    /** Empty at present, but where it is compared. */
    public ReadOnlyObjectProperty<Optional<Band>> bandProperty() {
        return band.getReadOnlyProperty();
    }

    /** Which time the window shows. */
    public Mode mode() {
        return mode;
    }

    /** How the replay stands. */
    public void show(Mode newMode, Optional<Playback> newPlayback) {
        playback = newPlayback;
        if (newMode != mode) {
            shown = Optional.empty();
            judged = null;
        }
        mode = newMode;
        if (newMode == Mode.LIVE) {
            live = Optional.empty();
            returnsIn = Optional.empty();
        }
        make();
    }

    /** Of which moment the picture is; it may be a little behind the replay. */
    public void showAt(Instant moment) {
        shown = Optional.of(moment);
        make();
    }

    /** How the present is, while the past is shown. */
    public void showLive(Moment moment) {
        live = Optional.of(moment);
        judged = null;
        make();
    }

    /**
     * Whether what is shown is held against another moment.
     *
     * @param then the other moment; empty: it is still being read
     */
    public void compare(boolean isCompared, Optional<Instant> then) {
        if (isCompared != compares || !then.equals(other)) {
            compares = isCompared;
            other = then;
            make();
        }
    }

    /** In what time the window returns by itself; empty: not soon. */
    void returnsIn(Optional<Duration> time) {
        if (!time.equals(returnsIn)) {
            returnsIn = time;
            make();
        }
    }

    private void make() {
        if (mode != Mode.LIVE) {
            band.set(playback.map(this::band));
        } else {
            band.set(
                    compares
                            ? Optional.of(
                                    new Band(
                                            mode,
                                            say("title.compared"),
                                            compared("compared-now"),
                                            "",
                                            "",
                                            true,
                                            say("end-comparison")))
                            : Optional.empty());
        }
    }

    /** Against what, or that it is being read. */
    private String compared(String key) {
        ChangeWords words = new ChangeWords(RoomZone.figures(speech.words(), plan));
        return other.map(then -> say(key, words.moment(then)))
                .orElseGet(() -> say("compared-reading"));
    }

    private Band band(Playback now) {
        Figures figures = RoomZone.figures(speech.words(), plan);
        Present present = present(figures);
        return new Band(
                mode,
                title(now, figures),
                state(now, figures),
                returnsIn.map(time -> say("returns", time.toSeconds())).orElse(""),
                present.words(),
                present.isWell(),
                switch (mode) {
                    case LIVE, INCIDENT -> "";
                    case REPLAY -> say("back-to-live");
                    case DRILL -> say("end-drill");
                });
    }

    private String title(Playback now, Figures figures) {
        String name =
                say(
                        switch (mode) {
                            case LIVE, REPLAY -> "title.replay";
                            case INCIDENT -> "title.incident";
                            case DRILL -> "title.drill";
                        });
        if (isBefore(now)) {
            return name;
        }
        return "%s %s %s%s"
                .formatted(
                        name,
                        EventWords.digits(shown.orElse(now.at()), figures),
                        now.backwards() && now.playing() ? "◀ ×" : "×",
                        speed(now.playing() && now.pace() > 0 ? now.pace() : now.speed(), figures));
    }

    /** Whether the plan still shows what it showed before the replay: digits over it would lie. */
    private boolean isBefore(Playback now) {
        return shown.isEmpty() && now.waits();
    }

    /** As few decimals as it takes. */
    static String speed(double speed, Figures figures) {
        double whole = Math.rint(speed);
        if (speed >= 10 || speed == whole) {
            // Without a sign between thousands: it is read as a factor, not as an amount.
            return Long.toString((long) whole);
        }
        return figures.number(speed, speed * 2 == Math.rint(speed * 2) ? 1 : 2);
    }

    private String state(Playback now, Figures figures) {
        List<String> parts = new ArrayList<>();
        if (now.fault().isPresent()) {
            parts.add(speech.words().say(now.fault().get()));
        } else if (now.waits()) {
            parts.add(
                    isBefore(now)
                            ? say("how.waits-first", EventWords.digits(now.at(), figures))
                            : say("how.waits"));
        } else if (now.ended()) {
            parts.add(say(end(now)));
        } else if (!now.playing()) {
            parts.add(say("how.paused"));
        } else if (now.backwards()) {
            parts.add(say("how.backwards"));
        } else {
            parts.add(say(now.pace() > now.speed() ? "how.hurries" : "how.plays"));
        }
        if (now.basis() == Basis.KNOWN_THEN) {
            parts.add(say("how.then"));
        }
        if (compares) {
            parts.add(compared("compared"));
        }
        now.stoppedAt().ifPresent(why -> parts.add(speech.words().say(why)));
        return String.join(" · ", parts);
    }

    private String end(Playback now) {
        if (now.backwards()) {
            return "how.beginning";
        }
        if (mode != Mode.REPLAY) {
            return "how.end-of-file";
        }
        return now.to().isBefore(clock.instant().minus(LATELY)) ? "how.end-of-interval" : "how.end";
    }

    /**
     * How the present is: judged anew when something of it changed, and each second, for nobody
     * tells when Home Assistant falls silent. Frames of the past come far more often.
     */
    private Present present(Figures figures) {
        Instant now = clock.instant();
        Present before = judged;
        if (before == null || Duration.between(before.at, now).abs().compareTo(PACE) >= 0) {
            before = judge(now, figures);
            judged = before;
        }
        return before;
    }

    private Present judge(Instant now, Figures figures) {
        if (mode != Mode.REPLAY) {
            return new Present(now, say(mode == Mode.DRILL ? "live.drill" : "live.none"), false);
        }
        if (live.isEmpty()) {
            return new Present(now, say("live.unknown"), false);
        }
        Moment moment = live.get();
        FeedStatus feed = moment.feed();
        return switch (feed.phase()) {
            case LIVE -> voice(moment, now, figures);
            case BACKOFF, RESYNC, CATCHUP, SNAPSHOT, CHECK, IDLE ->
                    new Present(now, say("live.lost", since(moment, now, figures)), false);
            case BLOCKED ->
                    new Present(now, say("live.blocked", since(moment, now, figures)), false);
        };
    }

    private static String since(Moment moment, Instant now, Figures figures) {
        return figures.time(moment.followedUntil().orElse(moment.feed().since()), now);
    }

    private Present voice(Moment moment, Instant now, Figures figures) {
        Voice voice = moment.freshness(now.plus(moment.clocks().total())).voice();
        String since = voice.since().map(at -> figures.time(at, now)).orElse(Figures.NOTHING);
        return new Present(
                now,
                switch (voice.kind()) {
                    case HEARD -> say("live.connected");
                    case SILENT -> say("live.silent", since);
                    case MIGRATING -> say("live.migrating", since);
                    case STOPPED -> say("live.stopped", since);
                },
                voice.isHeard());
    }

    private String say(String key, Object... values) {
        return speech.words().say("replay." + key, values);
    }
}
