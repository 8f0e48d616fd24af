package vigie.history;

import vigie.point.PointKey;
import vigie.room.Freshness;
import vigie.room.RoomState;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The room as it stood at a moment.
 *
 * @param at the moment, by the clock of Home Assistant's host
 * @param room every point's last reading at or before it
 * @param freshness by what silences are judged at that moment and no other: it holds the cadences
 *     of those points only whose quality at the moment depends on them
 * @param aggregated the points of which only a roll-up is left, each with its bucket's width; their
 *     reading says {@code aggregated} and its time is the bucket's end
 */
public record PastState(
        Instant at, RoomState room, Freshness freshness, Map<PointKey, Duration> aggregated) {
    public PastState {
        aggregated = Map.copyOf(aggregated);
    }
}
