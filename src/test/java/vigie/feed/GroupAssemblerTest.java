package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.recorder.MissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderTable;
import vigie.recorder.TableShape;
import vigie.room.Group;
import vigie.text.Words;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Events that no server at hand sends, and logs that break off or are broken. */
class GroupAssemblerTest {
    private static final int MAGIC = 4;
    private static final int HEADER = 19;

    private final List<Group> groups = new ArrayList<>();
    private final GroupAssembler assembler = assembler(Map.of());

    private GroupAssembler assembler(Map<RecorderTable, TableShape> shapes) {
        return assembler(shapes, Recorded.into(groups));
    }

    private static GroupAssembler assembler(Map<RecorderTable, TableShape> shapes, GroupSink sink) {
        return new GroupAssembler(
                "homeassistant",
                Optional.of("vigie"),
                Shapes.among(List.of(shapes)),
                new RecorderCatalog(MissLoader.NONE),
                GtidPosition.NONE,
                sink);
    }

    private static BinlogEvent event(int type, int flags, byte... body) {
        BinlogEvent event = new BinlogEvent();
        event.lay(type, flags, 0, 1, body, 0, body.length);
        return event;
    }

    private static BinlogEvent gtid(long sequence, int flags) {
        byte[] body = new byte[19];
        body[0] = (byte) sequence;
        body[12] = (byte) flags;
        return event(BinlogEvent.GTID, 0, body);
    }

    private static BinlogEvent query(String sql) {
        byte[] schema = "homeassistant".getBytes(StandardCharsets.UTF_8);
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[13 + schema.length + 1 + text.length];
        body[8] = (byte) schema.length;
        System.arraycopy(schema, 0, body, 13, schema.length);
        System.arraycopy(text, 0, body, 13 + schema.length + 1, text.length);
        return event(BinlogEvent.QUERY, 0, body);
    }

    private static void assertFault(
            StreamFault.Remedy remedy, GroupAssembler assembler, BinlogEvent event) {
        assertThatThrownBy(() -> assembler.accept(event))
                .isInstanceOfSatisfying(
                        StreamFault.class, fault -> assertThat(fault.remedy()).isEqualTo(remedy));
    }

    @ParameterizedTest
    @ValueSource(ints = {172, 40, 199})
    void an_unknown_event_is_fatal_and_named(int type) {
        assertThatThrownBy(() -> assembler.accept(event(type, 0)))
                .isInstanceOfSatisfying(
                        StreamFault.class,
                        fault -> {
                            assertThat(fault.remedy()).isEqualTo(StreamFault.Remedy.PERSON);
                            assertThat(fault.getMessage()).contains(Integer.toString(type));
                            assertThat(Words.in(Locale.ENGLISH).say(fault.sentence()))
                                    .contains(Integer.toString(type));
                        });
        assertThat(assembler.position().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {164, 199})
    void an_unknown_event_that_says_so_is_passed_over(int type) throws StreamFault {
        assembler.accept(gtid(1, 12));
        assembler.accept(event(type, BinlogEvent.FLAG_IGNORABLE));
        assembler.accept(event(BinlogEvent.XID, 0, new byte[8]));
        assertThat(assembler.position()).hasToString("0-1-1");
    }

    /** A table of one integer, in {@code elsewhere}. */
    private static BinlogEvent tableMap(int id) {
        byte[] name = {1, 'x', 0, 1, 'y', 0};
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {(byte) id, 0, 0, 0, 0, 0, 0, 0});
        body.writeBytes(name);
        body.writeBytes(new byte[] {1, ColumnType.LONG, 0, 0});
        return event(BinlogEvent.TABLE_MAP, 0, body.toByteArray());
    }

    private static BinlogEvent rows(int id, int... values) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {(byte) id, 0, 0, 0, 0, 0, 0, 0, 1, 1});
        for (int value : values) {
            body.writeBytes(new byte[] {0, (byte) value, 0, 0, 0});
        }
        return event(BinlogEvent.WRITE_ROWS_V1, 0, body.toByteArray());
    }

    private static int fingerprint(BinlogEvent... events) throws StreamFault {
        List<WholeGroup> whole = new ArrayList<>();
        GroupAssembler taking = assembler(Map.of(), whole::add);
        taking.accept(gtid(1, 12));
        for (BinlogEvent event : events) {
            taking.accept(event);
        }
        taking.accept(event(BinlogEvent.XID, 0, new byte[8]));
        assertThat(whole).hasSize(1);
        return whole.getFirst().fingerprint();
    }

    @Test
    void a_fingerprint_knows_rows_and_not_how_they_are_spread_over_events() throws StreamFault {
        int one = fingerprint(tableMap(7), rows(7, 1, 2, 3));
        assertThat(fingerprint(tableMap(9), rows(9, 1), tableMap(9), rows(9, 2, 3))).isEqualTo(one);
        assertThat(fingerprint(tableMap(7), rows(7, 1, 3, 2))).isNotEqualTo(one);
        assertThat(fingerprint(query("INSERT INTO y VALUES (1)"))).isNotEqualTo(one);
        assertThat(fingerprint()).isNotEqualTo(one);
    }

    /** A log of one group: a row event of as many bytes of rows, all zero, in table 7. */
    private static InputStream bigEvent(BinlogEvent map, int rowBytes) {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        start.writeBytes(new byte[] {(byte) 0xfe, 'b', 'i', 'n'});
        logged(start, BinlogEvent.GTID, gtid(1, 12).buffer(), 0);
        logged(start, BinlogEvent.TABLE_MAP, map.buffer(), 0);
        logged(start, BinlogEvent.WRITE_ROWS_V1, rows(7).buffer(), rowBytes);
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        logged(end, BinlogEvent.XID, new byte[8], 0);
        InputStream zeros = InputStream.nullInputStream();
        byte[] piece = new byte[1_000_000];
        for (int left = rowBytes; left > 0; left -= piece.length) {
            zeros =
                    new SequenceInputStream(
                            zeros,
                            new ByteArrayInputStream(piece, 0, Math.min(left, piece.length)));
        }
        return new SequenceInputStream(
                new ByteArrayInputStream(start.toByteArray()),
                new SequenceInputStream(zeros, new ByteArrayInputStream(end.toByteArray())));
    }

    private static void logged(ByteArrayOutputStream log, int type, byte[] body, int more) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0).put((byte) type).putInt(1).putInt(HEADER + body.length + more);
        log.writeBytes(header.array());
        log.writeBytes(body);
    }

    @Test
    void a_huge_event_of_a_table_that_nobody_follows_passes_by_without_being_held()
            throws IOException, StreamFault {
        int rowBytes = 200_000_000;
        List<WholeGroup> whole = new ArrayList<>();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        InputStream log = bigEvent(tableMap(7), rowBytes);
        long before = threads.getCurrentThreadAllocatedBytes();
        BinlogFile.read(log, assembler(Map.of(), whole::add));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000_000);
        int[] values = new int[rowBytes / 5 / 100];
        BinlogEvent[] events = new BinlogEvent[101];
        Arrays.setAll(events, _ -> rows(7, values));
        events[0] = tableMap(7);
        assertThat(whole)
                .singleElement()
                .satisfies(group -> assertThat(group.fingerprint()).isEqualTo(fingerprint(events)));
    }

    @Test
    void a_huge_event_of_a_table_that_we_follow_needs_a_new_snapshot() {
        byte[] name = {13, 'h', 'o', 'm', 'e', 'a', 's', 's', 'i', 's', 't', 'a', 'n', 't', 0};
        ByteArrayOutputStream map = new ByteArrayOutputStream();
        map.writeBytes(new byte[] {7, 0, 0, 0, 0, 0, 0, 0});
        map.writeBytes(name);
        map.writeBytes(new byte[] {14});
        map.writeBytes("schema_changes".getBytes(StandardCharsets.US_ASCII));
        map.writeBytes(new byte[] {0, 1, ColumnType.LONG, 0, 0});
        Map<RecorderTable, TableShape> shapes =
                Map.of(
                        RecorderTable.SCHEMA_CHANGES,
                        new TableShape(List.of(new TableShape.Column("schema_version", "int"))));
        InputStream log = bigEvent(event(BinlogEvent.TABLE_MAP, 0, map.toByteArray()), 300_000_000);
        assertThatThrownBy(() -> BinlogFile.read(log, assembler(shapes)))
                .isInstanceOfSatisfying(
                        StreamFault.class,
                        fault -> assertThat(fault.remedy()).isEqualTo(StreamFault.Remedy.RESYNC));
    }

    @Test
    void an_incident_needs_a_new_snapshot() {
        assertFault(StreamFault.Remedy.RESYNC, assembler, event(BinlogEvent.INCIDENT, 0));
    }

    @Test
    void a_transaction_prepared_before_the_snapshot_needs_a_new_one_when_it_is_committed()
            throws StreamFault {
        assembler.accept(gtid(1, 141));
        assertFault(StreamFault.Remedy.RESYNC, assembler, query("XA COMMIT X'31',X'',1"));
        assembler.accept(gtid(2, 141));
        assembler.accept(query("XA ROLLBACK X'32',X'',1"));
        assertThat(assembler.position()).hasToString("0-1-2");
    }

    @Test
    void rows_without_a_table_map_are_not_passed_over() throws StreamFault {
        assembler.accept(gtid(1, 12));
        assertFault(
                StreamFault.Remedy.RETRY,
                assembler,
                event(BinlogEvent.WRITE_ROWS_V1, 0, new byte[20]));
    }

    @Test
    void a_group_that_was_not_taken_comes_again_with_the_same_facts()
            throws IOException, StreamFault {
        byte[] log = Recorded.open("2026.11/binlog.000002.gz").readAllBytes();
        Map<RecorderTable, TableShape> shapes = Recorded.schema("schema-53.sql");
        BinlogFile.read(new ByteArrayInputStream(log), assembler(shapes));
        List<Group> undisturbed = List.copyOf(groups);
        groups.clear();
        Random random = new Random(7);
        GroupSink keeping = Recorded.into(groups);
        GroupAssembler disturbed =
                assembler(
                        shapes,
                        group -> {
                            if (random.nextInt(5) == 0) {
                                throw new IllegalStateException("not now");
                            }
                            keeping.committed(group);
                        });
        List<Integer> starts = groupStarts(log);
        for (int i = 0; i + 1 < starts.size(); i++) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            one.write(log, 0, starts.getFirst());
            one.write(log, starts.get(i), starts.get(i + 1) - starts.get(i));
            GtidPosition before = disturbed.position();
            while (disturbed.position() == before) {
                try {
                    BinlogFile.read(new ByteArrayInputStream(one.toByteArray()), disturbed);
                } catch (StreamFault refused) {
                    assertThat(refused.remedy()).isEqualTo(StreamFault.Remedy.RETRY);
                    disturbed.connectionLost();
                }
            }
        }
        assertThat(groups).isEqualTo(undisturbed);
    }

    /** Where the groups of a log begin, and where it ends. */
    private static List<Integer> groupStarts(byte[] log) {
        List<Integer> starts = new ArrayList<>();
        int at = MAGIC;
        for (; at < log.length; at += (int) LittleEndian.unsigned(log, at + 9, 4)) {
            if ((log[at + 4] & 0xFF) == BinlogEvent.GTID) {
                starts.add(at);
            }
        }
        starts.add(at);
        return starts;
    }

    @Test
    void the_position_moves_at_the_end_of_a_group_only() throws StreamFault {
        assembler.accept(gtid(5, 12));
        assembler.accept(query("SAVEPOINT `a`"));
        assembler.accept(query("INSERT INTO other VALUES (1)"));
        assertThat(assembler.position().isEmpty()).isTrue();
        assembler.connectionLost();
        assembler.accept(event(BinlogEvent.XID, 0, new byte[8]));
        assertThat(assembler.position().isEmpty()).isTrue();
        assembler.accept(gtid(5, 12));
        assembler.accept(event(BinlogEvent.XID, 0, new byte[8]));
        assertThat(assembler.position()).hasToString("0-1-5");
        assembler.accept(gtid(6, 41));
        assembler.accept(query("CREATE TABLE other (a INT)"));
        assertThat(assembler.position()).hasToString("0-1-6");
    }

    @Test
    void a_log_that_breaks_off_anywhere_gives_whole_groups_only() throws IOException, StreamFault {
        byte[] log = Recorded.open("2026.11/binlog.000002.gz").readAllBytes();
        Map<RecorderTable, TableShape> shapes = Recorded.schema("schema-53.sql");
        BinlogFile.read(new ByteArrayInputStream(log), assembler(shapes));
        List<Group> whole = List.copyOf(groups);
        assertThat(whole).hasSizeGreaterThan(20);
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            groups.clear();
            int length = MAGIC + random.nextInt(log.length - MAGIC);
            try {
                BinlogFile.read(
                        new ByteArrayInputStream(Arrays.copyOf(log, length)), assembler(shapes));
            } catch (IOException brokenOff) {
                assertThat(brokenOff).isNotNull();
            }
            assertThat(whole).startsWith(groups.toArray(Group[]::new));
        }
    }

    @Test
    void a_bit_that_tipped_over_is_noticed_by_the_checksum() throws IOException {
        byte[] log = Recorded.open("2026.11/binlog.000002.gz").readAllBytes();
        Map<RecorderTable, TableShape> shapes = Recorded.schema("schema-53.sql");
        Random random = new Random(5);
        int noticed = 0;
        for (int at : rowEvents(log, random)) {
            byte[] broken = log.clone();
            broken[at] ^= 1;
            try {
                BinlogFile.read(new ByteArrayInputStream(broken), assembler(shapes));
            } catch (IOException | StreamFault told) {
                noticed++;
            }
        }
        assertThat(noticed).isEqualTo(20);
    }

    /** Places within the bodies of twenty row events. */
    private static List<Integer> rowEvents(byte[] log, Random random) {
        List<Integer> places = new ArrayList<>();
        for (int at = MAGIC; at < log.length; ) {
            int length = (int) LittleEndian.unsigned(log, at + 9, 4);
            if (log[at + 4] == BinlogEvent.WRITE_ROWS_V1) {
                places.add(at + HEADER + random.nextInt(length - HEADER));
            }
            at += length;
        }
        assertThat(places).hasSizeGreaterThan(20);
        return places.subList(0, 20);
    }

    @Test
    void the_recorded_compressed_log_holds_compressed_events() throws IOException {
        byte[] log = Recorded.open("shapes/compress.binlog.gz").readAllBytes();
        Map<Integer, Integer> types = new HashMap<>();
        for (int at = MAGIC; at < log.length; at += (int) LittleEndian.unsigned(log, at + 9, 4)) {
            types.merge(log[at + 4] & 0xFF, 1, Integer::sum);
        }
        assertThat(types).containsKeys(165, 166, 167);
    }

    @Test
    void positions_are_read_compared_and_written_as_the_server_does() {
        GtidPosition position = GtidPosition.parse("7-1-1, 0-10-4711").orElseThrow();
        assertThat(position).hasToString("0-10-4711,7-1-1");
        assertThat(position.after(0, 11, 4712)).hasToString("0-11-4712,7-1-1");
        assertThat(position.covers(GtidPosition.parse("0-9-4711").orElseThrow())).isTrue();
        assertThat(position.covers(GtidPosition.parse("0-10-4712").orElseThrow())).isFalse();
        assertThat(position.covers(GtidPosition.parse("3-1-1").orElseThrow())).isFalse();
        assertThat(GtidPosition.parse("").orElseThrow().isEmpty()).isTrue();
        assertThat(GtidPosition.parse("0-1")).isEmpty();
        assertThat(GtidPosition.parse("0-1-99999999999999999999999")).isEmpty();
    }
}
