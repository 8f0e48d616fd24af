package vigie.feed;

import org.jspecify.annotations.Nullable;

import vigie.room.Fact;
import vigie.room.Group;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One way through the log, from a snapshot on and over all connections, until the position is lost.
 * A connection takes it up one group early: that group must come again as it was, for a server that
 * lost the end of its log in a crash gives the same GTIDs to other groups and says nothing. Feed's
 * thread only.
 */
final class Track implements GroupSink {
    /** The last whole group: what was before it, and what it was. */
    private record Mark(GtidPosition before, String gtid, int fingerprint) {}

    private final Handover handover;
    private final GroupAssembler assembler;
    private final Seen seen;
    private final FeedListener listener;
    private final boolean storesPlace;
    private @Nullable Mark last;
    private @Nullable Mark expected;
    private @Nullable StreamFault contradiction;
    private boolean mayGoBack = true;
    private Optional<Instant> committed = Optional.empty();

    /** Makes the assembler of a track. */
    @FunctionalInterface
    interface Assembling {
        GroupAssembler assembler(GtidPosition from, GroupSink sink);
    }

    private Track(
            Handover handover,
            Seen seen,
            FeedListener listener,
            boolean storesPlace,
            GtidPosition from,
            Assembling assembling) {
        this.handover = handover;
        this.seen = seen;
        this.listener = listener;
        this.storesPlace = storesPlace;
        assembler = assembling.assembler(from, this);
        assembler.deletesFrom(seen.deletesFrom());
    }

    /**
     * A track that begins at a snapshot.
     *
     * @param storesPlace whether the listener stores its place
     */
    static Track after(
            Handover handover,
            Seen seen,
            FeedListener listener,
            boolean storesPlace,
            Assembling assembling) {
        return new Track(handover, seen, listener, storesPlace, handover.position(), assembling);
    }

    /**
     * A track that goes on where a consumer stood when it was last running.
     *
     * @param position its place, not empty
     * @param previous one group before
     */
    static Track from(
            GtidPosition position,
            GtidPosition previous,
            int fingerprint,
            Handover handover,
            Seen seen,
            FeedListener listener,
            Assembling assembling) {
        Track track = new Track(handover, seen, listener, true, position, assembling);
        position.stepFrom(previous)
                .ifPresent(gtid -> track.last = new Mark(previous, gtid, fingerprint));
        return track;
    }

    /** Tells a listener that stores its place where the track begins. */
    void passSnapshot() {
        if (storesPlace) {
            listener.passed(new StoredPlace(position().toString(), "", 0, seen.highest()));
        }
    }

    GtidPosition position() {
        return assembler.position();
    }

    Seen seen() {
        return seen;
    }

    /** When the last group was committed (the database's clock). */
    Optional<Instant> committed() {
        return committed;
    }

    /** Whether the next connection begins one group early. */
    boolean goesBack() {
        Mark mark = last;
        return mayGoBack && mark != null && !mark.before().isEmpty();
    }

    /** The log no longer holds what is one group early; whether it holds what is next is open. */
    void goNoMoreBack() {
        mayGoBack = false;
    }

    /** Where a new connection begins; what was not whole before comes again. */
    StreamStart begin() {
        assembler.connectionLost();
        expected = null;
        contradiction = null;
        Mark mark = last;
        if (mark != null && goesBack()) {
            expected = mark;
            return new StreamStart.AtGtid(mark.before());
        }
        return position().isEmpty() ? handover.start() : new StreamStart.AtGtid(position());
    }

    /** Whether the group that must come again has not come yet. */
    boolean isVerifying() {
        return expected != null;
    }

    boolean isInsideGroup() {
        return assembler.isInsideGroup();
    }

    /**
     * Takes the next event.
     *
     * @throws StreamFault where the stream cannot go on
     */
    void take(BinlogEvent event) throws StreamFault {
        assembler.accept(event);
        StreamFault found = contradiction;
        if (found != null) {
            throw found;
        }
    }

    @Override
    public void committed(WholeGroup group) {
        if (contradiction != null) {
            return;
        }
        Mark again = expected;
        if (again != null && GtidPosition.sameDomain(again.gtid(), group.gtid())) {
            expected = null;
            mayGoBack = true;
            if (!again.gtid().equals(group.gtid()) || again.fingerprint() != group.fingerprint()) {
                contradiction =
                        new StreamFault(
                                StreamFault.Remedy.REWRITTEN,
                                Sentence.of("feed.rewritten-history", again.gtid()),
                                again.gtid()
                                        + " is another group now: "
                                        + group.gtid()
                                        + " came in its place");
            }
            return;
        }
        hand(group);
    }

    private void hand(WholeGroup group) {
        List<Fact> facts = handover.withoutOverlap(group.facts(), group.after());
        if (!facts.isEmpty()) {
            listener.group(
                    new Group(group.after().toString(), Optional.of(group.committed()), facts));
        }
        // Storing a place makes a group of Vigie's own, which must not make the next.
        if (storesPlace && (group.foreign() || !facts.isEmpty())) {
            listener.passed(
                    new StoredPlace(
                            group.after().toString(),
                            group.before().toString(),
                            group.fingerprint(),
                            seen.highestWith(facts)));
        }
        seen.group(facts, group.deleted());
        assembler.deletesFrom(seen.deletesFrom());
        last = new Mark(group.before(), group.gtid(), group.fingerprint());
        committed = Optional.of(group.committed());
    }

    /** Hands out what earlier readings lacked and can be had now; between groups. */
    void settle() {
        List<Fact> late = assembler.settle();
        if (!late.isEmpty()) {
            listener.group(new Group(position().toString(), Optional.empty(), late));
        }
    }

    @Override
    public void heartbeat(Instant written) {
        listener.heartbeat(written);
    }
}
