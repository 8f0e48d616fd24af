package vigie.console.replay;

import vigie.recording.Basis;
import vigie.timeline.Moment;
import vigie.timeline.Occurrence;
import vigie.timeline.Playback;
import vigie.timeline.Replay;
import vigie.timeline.Until;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A replay that does at once what it is told, and remembers it; and the host that opens it. */
public final class FakeReplay implements Replay, ReplayHost {
    /** What was asked, in words. */
    public final List<String> acts = new ArrayList<>();

    /**
     * As of a database before its end was asked for: a past so long that ends at its first moment.
     */
    public Optional<Duration> endsAtFirst = Optional.empty();

    private final Consumer<Optional<Playback>> told;
    private Optional<Playback> playback = Optional.empty();
    private Mode mode = Mode.LIVE;

    /**
     * @param told how it stands, whenever that changed; empty: back at present
     */
    public FakeReplay(Consumer<Optional<Playback>> told) {
        this.told = told;
    }

    public Mode mode() {
        return mode;
    }

    @Override
    public Optional<Replay> replay() {
        return playback.isPresent() ? Optional.of(this) : Optional.empty();
    }

    @Override
    public void open(Start start) {
        acts.add("open %s at %s".formatted(start.mode(), start.at()));
        mode = start.mode();
        tell(
                new Playback(
                        start.at(),
                        endsAtFirst.map(start.at()::minus).orElse(start.from()),
                        endsAtFirst.isPresent() ? start.at() : start.to(),
                        Basis.KNOWN_NOW,
                        start.playing(),
                        false,
                        start.speed(),
                        start.speed(),
                        false,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public void live() {
        acts.add("live");
        mode = Mode.LIVE;
        playback = Optional.empty();
        told.accept(playback);
    }

    /** As if it had got there by itself. */
    public void tell(Playback next) {
        playback = Optional.of(next);
        told.accept(playback);
    }

    /** It came to the end of what there is. */
    public void end() {
        Playback now = playback();
        tell(
                new Playback(
                        now.to(),
                        now.from(),
                        now.to(),
                        now.basis(),
                        false,
                        false,
                        now.speed(),
                        now.pace(),
                        now.skipsQuiet(),
                        false,
                        true,
                        now.until(),
                        now.stoppedAt(),
                        now.fault()));
    }

    @Override
    public Playback playback() {
        return playback.orElseThrow();
    }

    @Override
    public void seek(Instant at) {
        acts.add("seek " + at);
        tell(with(at, playback().playing(), playback().backwards()));
    }

    @Override
    public void play(boolean backwards) {
        acts.add(backwards ? "play back" : "play");
        tell(with(playback().at(), true, backwards));
    }

    @Override
    public void pause() {
        acts.add("pause");
        tell(with(playback().at(), false, playback().backwards()));
    }

    @Override
    public void speed(double speed) {
        acts.add("speed " + speed);
        Playback now = playback();
        tell(
                new Playback(
                        now.at(),
                        now.from(),
                        now.to(),
                        now.basis(),
                        now.playing(),
                        now.backwards(),
                        speed,
                        speed,
                        now.skipsQuiet(),
                        now.waits(),
                        now.ended(),
                        now.until(),
                        now.stoppedAt(),
                        now.fault()));
    }

    @Override
    public void skipQuiet(boolean skips) {
        acts.add("skip " + skips);
    }

    @Override
    public void step(boolean backwards) {
        acts.add(backwards ? "step back" : "step");
    }

    @Override
    public void jump(Set<Occurrence.Kind> kinds, boolean backwards) {
        acts.add((backwards ? "jump back " : "jump ") + new TreeSet<>(kinds));
    }

    @Override
    public void until(Optional<Until> until) {
        acts.add(
                until.map(its ->
                                "until %s %s %s"
                                        .formatted(
                                                its.point().name(),
                                                its.comparison().sign(),
                                                its.value()))
                        .orElse("until nothing"));
    }

    @Override
    public void basis(Basis basis) {
        acts.add("basis " + basis.word());
    }

    private Playback with(Instant at, boolean playing, boolean backwards) {
        Playback now = playback();
        return new Playback(
                at,
                now.from(),
                now.to(),
                now.basis(),
                playing,
                backwards,
                now.speed(),
                now.pace(),
                now.skipsQuiet(),
                now.waits(),
                now.ended(),
                now.until(),
                now.stoppedAt(),
                now.fault());
    }

    @Override
    public Moment moment() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instant now() {
        return playback().at();
    }

    @Override
    public AutoCloseable onChange(Runnable changed) {
        return () -> {};
    }

    @Override
    public void close() {}
}
