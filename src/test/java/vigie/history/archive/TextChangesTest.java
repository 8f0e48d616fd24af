package vigie.history.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.OwnSchema;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

@ExtendWith(EmbeddedMariaDb.class)
class TextChangesTest {
    private static final Instant START = Instant.parse("2026-03-04T02:00:00Z");

    private final TestDatabase database;
    private final DatabaseAddress own;
    private long id;

    TextChangesTest(TestDatabase database) {
        this.database = database;
        own = database.root().withSchema(database.schema() + "_texts");
        database.asRoot("DROP DATABASE IF EXISTS `" + own.schema() + "`");
        assertThat(OwnSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
    }

    @AfterEach
    void drop() {
        database.asRoot("DROP DATABASE IF EXISTS `" + own.schema() + "`");
    }

    private Group said(int second, String text) {
        Instant time = START.plusSeconds(second);
        id++;
        return new Group(
                "0-1-" + id,
                Optional.of(time),
                List.of(
                        new Fact.Named(new PointKey(1), new PointId("binary_sensor.door")),
                        new Fact.Observed(
                                Reading.ofRow(
                                        OptionalLong.of(id),
                                        new PointKey(1),
                                        new PointId("binary_sensor.door"),
                                        text,
                                        Attributes.NONE,
                                        time,
                                        time,
                                        Optional.of(time),
                                        Optional.of("0-1-" + id),
                                        Source.BINLOG))));
    }

    private List<String> changes() {
        return database.column(
                "SELECT CONCAT((time_us - "
                        + START.getEpochSecond() * 1_000_000
                        + ") DIV 1000000, ' ', text) FROM `"
                        + own.schema()
                        + "`.text_change ORDER BY time_us");
    }

    @Test
    void a_text_that_stands_again_after_an_outage_is_noted_and_one_that_only_stands_is_not()
            throws Exception {
        List<String> seen = new ArrayList<>();
        try (Connections ways = new Connections(own, "test");
                Connection connection = ways.single()) {
            ArchiveWriter writer = new ArchiveWriter("home", new Marks());
            writer.apply(connection, said(0, "on"));
            writer.apply(connection, said(10, "on"));
            long stop = Micros.of(START.plusSeconds(20));
            writer.outage(connection, stop, OptionalLong.of(stop + 60_000_000));
            writer.apply(connection, said(90, "on"));
            writer.apply(connection, said(100, "on"));
            writer.apply(connection, said(110, "off"));
            seen.addAll(changes());
            // What comes late has its surroundings made anew, by the same rule.
            writer.apply(connection, said(5, "off"));
        }
        assertThat(seen).containsExactly("0 on", "90 on", "110 off");
        assertThat(changes()).containsExactly("0 on", "5 off", "10 on", "90 on", "110 off");
    }
}
