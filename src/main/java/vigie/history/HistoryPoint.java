package vigie.history;

import vigie.history.series.Kind;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A point that has a history.
 *
 * @param name its present name, or its last
 * @param key its identity in Home Assistant's tables; empty where only the archive or the
 *     statistics still know it
 * @param archiveId its identity in the archive; empty where it is not archived
 * @param statisticsId its row in {@code statistics_meta}; empty where it has no statistics
 * @param kind what its history is made of
 * @param attributes of its newest row
 */
public record HistoryPoint(
        PointId name,
        Optional<PointKey> key,
        OptionalInt archiveId,
        OptionalLong statisticsId,
        Kind kind,
        Attributes attributes) {}
