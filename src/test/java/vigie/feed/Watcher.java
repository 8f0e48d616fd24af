package vigie.feed;

import vigie.point.PointId;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Remembers all that a feed says. */
final class Watcher implements FeedListener {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final List<FeedStatus> statuses = new CopyOnWriteArrayList<>();
    final List<Reading> streamed = new CopyOnWriteArrayList<>();
    final List<Group> snapshots = new CopyOnWriteArrayList<>();
    final List<Group> groups = new CopyOnWriteArrayList<>();
    final List<Resync> resyncs = new CopyOnWriteArrayList<>();
    final List<Reading> recovered = new CopyOnWriteArrayList<>();
    final AtomicInteger heard = new AtomicInteger();
    private final Printed printed = new Printed();
    volatile RoomState state = RoomState.EMPTY;

    @Override
    public void snapshot(Group snapshot) {
        snapshots.add(snapshot);
        state = RoomState.EMPTY.after(snapshot);
    }

    @Override
    public void group(Group group) {
        groups.add(group);
        for (Fact fact : group.facts()) {
            if (fact instanceof Fact.Observed(Reading reading)) {
                printed.add(reading);
                if (reading.source() == Source.BINLOG) {
                    streamed.add(reading);
                }
            }
        }
        state = state.after(group);
    }

    @Override
    public void status(FeedStatus status) {
        statuses.add(status);
    }

    @Override
    public void heard() {
        heard.incrementAndGet();
    }

    @Override
    public void resync(Resync resync) {
        resyncs.add(resync);
        printed.strike(resync.undone());
    }

    @Override
    public void recovered(List<Reading> rows) {
        recovered.addAll(rows);
        rows.forEach(printed::add);
    }

    /** What somebody has who wants each row once: undone rows struck, recovered ones added. */
    Printed printed() {
        return printed;
    }

    boolean is(FeedStatus.Phase phase) {
        return !statuses.isEmpty() && statuses.getLast().phase() == phase;
    }

    void await(FeedStatus.Phase phase) {
        awaitThat(phase.toString(), () -> is(phase));
    }

    /** Waits for something, or says what happened instead. */
    void awaitThat(String what, BooleanSupplier happened) {
        Deadline.within(PATIENCE, () -> what + "; but: " + story(), happened);
    }

    /** What the feed said of itself, short. */
    String story() {
        return statuses.stream()
                .map(status ->
                        status.phase()
                                + status.reason().map(why -> "(" + why.key() + ")").orElse(""))
                .collect(Collectors.joining(" "));
    }

    long times(FeedStatus.Phase phase) {
        return statuses.stream().filter(status -> status.phase() == phase).count();
    }

    void awaitStreamed(long id) {
        awaitThat(
                "row " + id,
                () -> streamed.stream().anyMatch(reading -> reading.id().orElse(-1) == id));
    }

    /** Whether it was in this phase for this reason, by the sentence's key. */
    boolean was(FeedStatus.Phase phase, String reason) {
        return statuses.stream()
                .anyMatch(status ->
                        status.phase() == phase
                                && status.reason().stream()
                                        .anyMatch(why -> why.key().equals(reason)));
    }

    void awaitReason(FeedStatus.Phase phase, String reason) {
        awaitThat(phase + " by " + reason, () -> was(phase, reason));
    }

    List<Long> streamedIds() {
        return streamed.stream().map(reading -> reading.id().orElseThrow()).toList();
    }

    Reading newest(String entity) {
        return state.point(new PointId(entity)).orElseThrow().newest().orElseThrow();
    }
}
