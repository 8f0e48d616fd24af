package vigie.history.archive;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far roll-ups and expiry have come, shared by those who write the archive of one database in
 * this process. It is never behind the tables: who moves a mark moves it here first, so that a
 * reading that comes meanwhile is marked once too often and never once too little. Any thread.
 */
public final class Marks {
    private final AtomicLong rolledTo = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong expiredTo = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong tooOld = new AtomicLong();
    private final AtomicLong keysVoid = new AtomicLong();
    private final Set<Integer> texts = ConcurrentHashMap.newKeySet();

    public Marks() {}

    /** Buckets before it are made; {@link Long#MIN_VALUE} where none is. */
    public long rolledTo() {
        return rolledTo.get();
    }

    /** Buckets before it are being made. */
    void rollingTo(long micros) {
        rolledTo.accumulateAndGet(micros, Math::max);
    }

    /** Readings before it are not kept; {@link Long#MIN_VALUE} where all are. */
    public long expiredTo() {
        return expiredTo.get();
    }

    void expiringTo(long micros) {
        expiredTo.accumulateAndGet(micros, Math::max);
    }

    /** How many readings were left out because they were older than what is kept. */
    public long tooOld() {
        return tooOld.get();
    }

    void leftOut() {
        tooOld.incrementAndGet();
    }

    /** How often keys were taken from their points, so that none that is remembered counts. */
    long keysVoid() {
        return keysVoid.get();
    }

    void voidKeys() {
        keysVoid.incrementAndGet();
    }

    /** Whether a point is known to say texts. */
    boolean saysTexts(int point) {
        return texts.contains(point);
    }

    void texts(int point) {
        texts.add(point);
    }
}
