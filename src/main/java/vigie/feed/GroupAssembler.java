package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.point.Source;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderRow;
import vigie.recorder.RecorderTable;
import vigie.recorder.RowReader;
import vigie.room.Fact;
import vigie.text.Sentence;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Makes committed groups from events. A group is handed out when it is whole and committed, and
 * only then does the position move: a connection may break anywhere, and the next one takes up at
 * the last whole group.
 *
 * <p>Rows of tables that we do not follow are recognised at their TABLE_MAP and never decoded. Not
 * for several threads, {@link #position()} excepted.
 */
final class GroupAssembler {
    private static final Logger LOG = LoggerFactory.getLogger(GroupAssembler.class);
    private static final int GTID_STANDALONE = 1;
    private static final int GTID_BYTES = 13;
    private static final int TABLES_KEPT = 1_000;

    /** So many bytes of rows, by estimate, are held until their groups end. */
    private static final long HELD_BYTES = 64L << 20;

    /** A larger event of a table that we follow is not taken into memory. */
    private static final long LARGEST_EVENT =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4);

    private static final long[] NOTHING_DELETED = {};
    private static final String HEARTBEAT_TABLE = "heartbeat";
    private static final long NONE = -1;

    private final String database;
    private final Optional<String> ownSchema;
    private final Shapes shapes;
    private final RecorderCatalog catalog;
    private final GroupSink sink;

    private final Map<Long, Mapped> tables = new HashMap<>();
    private final RowCursor row = new RowCursor();
    private final RowCursor rowAfter = new RowCursor();

    /** Prepared and not yet ended, by XID; outlives a connection. */
    private final Map<String, Prepared> prepared = new HashMap<>();

    private volatile GtidPosition position;
    private boolean open;
    private boolean standalone;
    private long domain;
    private long server;
    private long sequence;
    private List<RecorderRow> rows = new ArrayList<>();
    private final Map<String, Integer> savepoints = new LinkedHashMap<>();
    private @Nullable StreamFault atGroupEnd;
    private long held;
    private long preparedBytes;
    private boolean tooMuch;
    private @Nullable Instant heartbeat;
    private boolean foreign;

    /** Handed out, and not taken: the catalog has learnt from its rows and would not tell again. */
    private @Nullable WholeGroup refused;

    private long deletesFrom = Long.MAX_VALUE;

    /** Where the rows before these were deleted from {@code states}: the last one's id. */
    private long deletedBefore = NONE;

    private Optional<Fact.Place> deletedPlace = Optional.empty();

    private final CRC32 fingerprint = new CRC32();
    private byte[] printedTable = new byte[0];
    private int printedKind;

    /**
     * Rows of a transaction that waits for its end.
     *
     * @param fault what its end brings about if it commits
     */
    private record Prepared(List<RecorderRow> rows, long bytes, Optional<StreamFault> fault) {}

    /**
     * A table as the log announced it.
     *
     * @param announced the announcement without its table id
     * @param name the part of it that names the table
     * @param map null for a table that we do not follow
     * @param reader null for a table that is not the recorder's
     * @param own whether it is one of Vigie's
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Mapped(
            byte[] announced,
            byte[] name,
            @Nullable TableMap map,
            @Nullable RowReader reader,
            boolean own) {}

    /**
     * @param database the recorder's, spelled as in the log
     * @param ownSchema Vigie's, whose heartbeats are told; empty where it has none
     * @param shapes names the columns where the log does not
     * @param catalog makes facts from rows
     * @param position where the stream begins: after a snapshot, its own
     * @param sink takes what is committed, on the caller's thread
     */
    GroupAssembler(
            String database,
            Optional<String> ownSchema,
            Shapes shapes,
            RecorderCatalog catalog,
            GtidPosition position,
            GroupSink sink) {
        this.database = database;
        this.ownSchema = ownSchema;
        this.shapes = shapes;
        this.catalog = catalog;
        this.position = position;
        this.sink = sink;
    }

    /**
     * From now on groups tell which rows of {@code states} they deleted, from this {@code state_id}
     * on; at first none are told.
     */
    void deletesFrom(long stateId) {
        deletesFrom = stateId;
    }

    /** After the last whole group. Any thread. */
    GtidPosition position() {
        return position;
    }

    /** What rows told earlier lacked and can be had now; between groups. */
    List<Fact> settle() {
        return catalog.settle();
    }

    /** Whether the last event was inside a group. */
    boolean isInsideGroup() {
        return open;
    }

    /** The connection broke: what was not whole comes again. */
    void connectionLost() {
        dropGroup();
        tables.clear();
    }

    /**
     * Takes the next event.
     *
     * @throws StreamFault where the stream cannot go on; the position is that of the last whole
     *     group
     */
    void accept(BinlogEvent event) throws StreamFault {
        try {
            dispatch(event);
        } catch (IOException | RuntimeException undecodable) {
            // The one boundary for decoding and for whoever takes the groups: the library would log
            // such an exception, and go on behind the event.
            throw new StreamFault(
                    StreamFault.Remedy.RETRY,
                    Sentence.of("feed.undecodable"),
                    "event of type " + event.type() + " not taken: " + undecodable,
                    undecodable);
        }
    }

    private void dispatch(BinlogEvent event) throws IOException, StreamFault {
        switch (event.type()) {
            case BinlogEvent.GTID -> begin(event);
            case BinlogEvent.TABLE_MAP -> map(event);
            case BinlogEvent.WRITE_ROWS_V1,
                    BinlogEvent.UPDATE_ROWS_V1,
                    BinlogEvent.DELETE_ROWS_V1,
                    BinlogEvent.WRITE_ROWS_V2,
                    BinlogEvent.UPDATE_ROWS_V2,
                    BinlogEvent.DELETE_ROWS_V2 ->
                    rows(event);
            case BinlogEvent.XID -> commit(event.time());
            case BinlogEvent.QUERY -> query(event);
            case BinlogEvent.XA_PREPARE -> prepare(event);
            case BinlogEvent.BEGIN_LOAD_QUERY, BinlogEvent.EXECUTE_LOAD_QUERY ->
                    atGroupEnd = rewritten("LOAD", RecorderTable.STATES);
            case BinlogEvent.INCIDENT ->
                    throw new StreamFault(
                            StreamFault.Remedy.RESYNC,
                            Sentence.of("feed.incident"),
                            "INCIDENT event: the server lost part of its log");
            case BinlogEvent.FORMAT_DESCRIPTION -> {
                // A server that crashed leaves half a group at the end of its last file.
                if (!event.has(BinlogEvent.FLAG_ARTIFICIAL)) {
                    dropGroup();
                }
                tables.clear();
            }
            case BinlogEvent.ROTATE,
                    BinlogEvent.STOP,
                    BinlogEvent.INTVAR,
                    BinlogEvent.RAND,
                    BinlogEvent.USER_VAR,
                    BinlogEvent.HEARTBEAT,
                    BinlogEvent.ANNOTATE_ROWS,
                    BinlogEvent.BINLOG_CHECKPOINT,
                    BinlogEvent.GTID_LIST -> {
                // Nothing in these changes what we know.
            }
            default -> {
                if (!event.has(BinlogEvent.FLAG_IGNORABLE)) {
                    throw new StreamFault(
                            StreamFault.Remedy.PERSON,
                            Sentence.of("feed.unknown-event", Integer.toString(event.type())),
                            "event of the unknown type " + event.type() + ", not ignorable");
                }
            }
        }
    }

    private void begin(BinlogEvent event) throws IOException {
        if (event.remaining() < GTID_BYTES) {
            throw new IOException("a GTID event that is too short");
        }
        dropGroup();
        open = true;
        server = event.serverId();
        sequence = event.unsigned(8);
        domain = event.unsigned(4);
        standalone = (event.unsigned(1) & GTID_STANDALONE) != 0;
    }

    private void dropGroup() {
        open = false;
        standalone = false;
        if (!rows.isEmpty()) {
            rows = new ArrayList<>();
        }
        held = 0;
        tooMuch = false;
        savepoints.clear();
        deletedBefore = NONE;
        atGroupEnd = null;
        heartbeat = null;
        foreign = false;
        fingerprint.reset();
        printedTable = new byte[0];
    }

    // ---- rows

    private void map(BinlogEvent event) throws IOException, StreamFault {
        long id = event.unsigned(6);
        event.skip(2);
        int from = event.position();
        Mapped known = tables.get(id);
        if (known != null
                && Arrays.equals(
                        known.announced(),
                        0,
                        known.announced().length,
                        event.buffer(),
                        from,
                        event.end())) {
            return;
        }
        if (tables.size() >= TABLES_KEPT) {
            tables.clear();
        }
        byte[] announced = Arrays.copyOfRange(event.buffer(), from, event.end());
        String schema = event.text((int) event.unsigned(1));
        event.skip(1);
        String name = event.text((int) event.unsigned(1));
        event.skip(1);
        byte[] named = Arrays.copyOfRange(event.buffer(), from, event.position());
        RecorderTable table = schema.equals(database) ? RecorderTable.named(name) : null;
        if (table != null) {
            TableMap map = TableMap.read(event);
            RowReader reader = reader(table, map);
            tables.put(
                    id, new Mapped(announced, named, reader == null ? null : map, reader, false));
        } else if (name.equals(HEARTBEAT_TABLE) && isOwn(schema)) {
            tables.put(id, new Mapped(announced, named, TableMap.read(event), null, true));
        } else {
            tables.put(id, new Mapped(announced, named, null, null, isOwn(schema)));
        }
    }

    private boolean isOwn(String schema) {
        return ownSchema.filter(schema::equals).isPresent();
    }

    /** Null for a table that the room is followed without. */
    private @Nullable RowReader reader(RecorderTable table, TableMap map) throws StreamFault {
        List<String> names = map.names();
        Optional<RowReader> reader =
                Optional.ofNullable(names)
                        .or(() -> shapes.of(table, map.types()).map(shape -> shape.names()))
                        .flatMap(columns -> RowReader.of(table, columns));
        if (reader.isPresent()) {
            return reader.get();
        }
        if (table.isOptional() && (names != null || !shapes.knows(table))) {
            LOG.info("columns of {} not known, not followed", table.sqlName());
            return null;
        }
        throw new StreamFault(
                StreamFault.Remedy.RESYNC,
                Sentence.of("feed.columns-changed", table.sqlName()),
                "columns of " + table.sqlName() + " unknown or changed");
    }

    private void rows(BinlogEvent event) throws IOException, StreamFault {
        long id = event.unsigned(6);
        Mapped mapped = tables.get(id);
        if (mapped == null) {
            throw new IOException("rows of table " + id + " without a table map");
        }
        event.skip(2);
        if (event.type() >= BinlogEvent.WRITE_ROWS_V2) {
            event.skip((int) LittleEndian.unsigned(event.buffer(), event.position(), 2));
        }
        int kind = kind(event.type());
        int columns = event.packed();
        int bitmaps = event.position();
        event.skip((columns + 7) / 8 * (kind == BinlogEvent.UPDATE_ROWS_V1 ? 2 : 1));
        foreign |= !mapped.own();
        TableMap map = mapped.map();
        RowReader reader = mapped.reader();
        boolean followed = map != null && (reader == null || says(kind, reader.table()));
        if (followed && event.unread() > 0) {
            if (event.unread() > LARGEST_EVENT) {
                throw tooLarge("an event of " + event.unread() + " bytes");
            }
            event.load();
        }
        print(mapped, kind, event);
        if (map == null || !followed) {
            return;
        }
        if (columns != map.types().length) {
            throw new IOException("rows of " + columns + " columns for " + map.types().length);
        }
        event.position(bitmaps);
        if (reader == null) {
            heartbeats(kind, map, event);
        } else {
            recorderRows(kind, map, reader, event);
        }
    }

    /** The first version's number of a kind of row event. */
    private static int kind(int type) {
        return type < BinlogEvent.WRITE_ROWS_V2
                ? type
                : type - BinlogEvent.WRITE_ROWS_V2 + BinlogEvent.WRITE_ROWS_V1;
    }

    /** Where events of one table follow one another, only their rows count: servers split them. */
    private void print(Mapped mapped, int kind, BinlogEvent event) throws IOException {
        if (kind != printedKind || !Arrays.equals(printedTable, mapped.name())) {
            printedTable = mapped.name();
            printedKind = kind;
            fingerprint.update(printedTable);
            fingerprint.update(kind);
        }
        event.sum(fingerprint, event.position());
    }

    private void recorderRows(int kind, TableMap map, RowReader reader, BinlogEvent event)
            throws IOException {
        row.begin(map, event);
        if (kind == BinlogEvent.UPDATE_ROWS_V1) {
            rowAfter.begin(map, event);
        }
        long deleted = deletedBefore;
        deletedBefore = NONE;
        while (event.remaining() > 0) {
            row.next(event);
            switch (kind) {
                case BinlogEvent.WRITE_ROWS_V1 -> {
                    add(replacing(deleted, reader.inserted(row)));
                    deleted = NONE;
                }
                case BinlogEvent.UPDATE_ROWS_V1 -> {
                    rowAfter.next(event);
                    add(reader.updated(row, rowAfter));
                }
                default -> {
                    RecorderRow gone = reader.deleted(row);
                    if (gone instanceof RecorderRow.StateDeleted(long id)) {
                        deletedBefore = id;
                        deletedPlace = reader.place(row);
                        if (id < deletesFrom) {
                            continue;
                        }
                    }
                    add(gone);
                }
            }
        }
    }

    /**
     * REPLACE is logged as an UPDATE where the table allows that, else as a row deleted and
     * inserted again. It is a repair either way, and no new reading.
     */
    private @Nullable RecorderRow replacing(long deleted, @Nullable RecorderRow inserted) {
        if (deleted == NONE
                || !(inserted instanceof RecorderRow.StateInserted state)
                || state.id().orElse(NONE) != deleted) {
            return inserted;
        }
        if (!rows.isEmpty() && rows.getLast() instanceof RecorderRow.StateDeleted gone) {
            rows.removeLast();
            held -= gone.bytes();
        }
        return new RecorderRow.StateAmended(deleted, Optional.of(state), deletedPlace);
    }

    private void heartbeats(int kind, TableMap map, BinlogEvent event) throws IOException {
        int written = map.column("written_at");
        row.begin(map, event);
        RowCursor told = row;
        if (kind == BinlogEvent.UPDATE_ROWS_V1) {
            rowAfter.begin(map, event);
            told = rowAfter;
        }
        while (kind != BinlogEvent.DELETE_ROWS_V1 && event.remaining() > 0) {
            row.next(event);
            if (kind == BinlogEvent.UPDATE_ROWS_V1) {
                rowAfter.next(event);
            }
            if (!told.isNull(written)) {
                heartbeat = told.moment(written).orElse(heartbeat);
            }
        }
    }

    private boolean says(int kind, RecorderTable table) {
        return switch (kind) {
            case BinlogEvent.WRITE_ROWS_V1 -> true;
            case BinlogEvent.UPDATE_ROWS_V1 -> RowReader.readsUpdates(table);
            // Also before a deletion is of interest: REPLACE is logged as one with a row behind it.
            default -> RowReader.readsDeletes(table);
        };
    }

    private void add(@Nullable RecorderRow said) {
        if (said == null || tooMuch) {
            return;
        }
        rows.add(said);
        held += said.bytes();
        if (held + preparedBytes > HELD_BYTES) {
            tooMuch = true;
            held = 0;
            rows = new ArrayList<>();
            atGroupEnd = tooLarge("rows of more than " + HELD_BYTES + " bytes held");
        }
    }

    private static StreamFault tooLarge(String what) {
        return new StreamFault(
                StreamFault.Remedy.RESYNC,
                Sentence.of("feed.too-large", Long.toString(HELD_BYTES >> 20)),
                what + ": a group too large to hold");
    }

    // ---- statements and the ends of groups

    private void query(BinlogEvent event) throws IOException, StreamFault {
        event.skip(8);
        int databaseLength = (int) event.unsigned(1);
        event.skip(2);
        event.skip((int) event.unsigned(2));
        int from = event.position();
        String schema = event.text(databaseLength);
        event.skip(1);
        String sql = event.text(Math.min(event.remaining(), Statement.LOOKED_AT));
        Statement statement = Statement.of(schema, sql, database);
        deletedBefore = NONE;
        if (!(statement instanceof Statement.Commit)) {
            event.sum(fingerprint, from);
            foreign |= !isOwn(schema);
        }
        switch (statement) {
            case Statement.Commit() -> commit(event.time());
            case Statement.Rollback() -> {
                rows.clear();
                heartbeat = null;
                if (tooMuch) {
                    atGroupEnd = null;
                }
                commit(event.time());
            }
            case Statement.Savepoint(String name) -> savepoints.put(name, rows.size());
            case Statement.RollbackTo(String name) -> rollBackTo(name);
            case Statement.XaEnd(String xid, boolean commit) -> endPrepared(event, xid, commit);
            case Statement.Altered(var altered, boolean columns) -> {
                tables.clear();
                altered.forEach(shapes::altered);
                if (columns) {
                    rows.add(new RecorderRow.ColumnsChanged());
                }
                endStandalone(event);
            }
            case Statement.Rewritten(String verb, RecorderTable table) -> {
                atGroupEnd = rewritten(verb, table);
                endStandalone(event);
            }
            case Statement.Other() -> endStandalone(event);
        }
    }

    private static StreamFault rewritten(String verb, RecorderTable table) {
        boolean emptied =
                table == RecorderTable.STATES
                        && switch (verb) {
                            case "TRUNCATE", "DROP", "CREATE" -> true;
                            default -> false;
                        };
        return new StreamFault(
                emptied ? StreamFault.Remedy.EMPTIED : StreamFault.Remedy.RESYNC,
                Sentence.of("feed.rewritten", verb, table.sqlName()),
                verb + " as a statement, on " + table.sqlName());
    }

    private void endStandalone(BinlogEvent event) throws StreamFault {
        if (standalone) {
            commit(event.time());
        }
    }

    private void rollBackTo(String name) {
        Integer mark = savepoints.get(name);
        if (mark != null && mark < rows.size()) {
            rows.subList(mark, rows.size()).clear();
            held = rows.stream().mapToLong(RecorderRow::bytes).sum();
        }
    }

    private void prepare(BinlogEvent event) throws StreamFault {
        boolean onePhase = event.unsigned(1) != 0;
        long format = event.unsigned(4);
        int gtrid = (int) event.unsigned(4);
        int bqual = (int) event.unsigned(4);
        int at = event.position();
        HexFormat hex = HexFormat.of().withUpperCase();
        String xid =
                Statement.xid(
                        hex.formatHex(event.buffer(), at, at + gtrid),
                        hex.formatHex(event.buffer(), at + gtrid, at + gtrid + bqual),
                        Long.toString(format));
        if (onePhase) {
            commit(event.time());
            return;
        }
        Prepared before =
                prepared.put(xid, new Prepared(rows, held, Optional.ofNullable(atGroupEnd)));
        preparedBytes += held - (before == null ? 0 : before.bytes());
        rows = new ArrayList<>();
        atGroupEnd = null;
        commit(event.time());
    }

    private void endPrepared(BinlogEvent event, String xid, boolean commit) throws StreamFault {
        Prepared ended = prepared.remove(xid);
        preparedBytes -= ended == null ? 0 : ended.bytes();
        if (commit) {
            if (ended == null && position.has(domain, sequence)) {
                // The group before the first new one comes again: its rows were handed out.
                atGroupEnd = null;
            } else if (ended == null) {
                // Prepared before our snapshot: its rows came when nobody listened.
                atGroupEnd =
                        new StreamFault(
                                StreamFault.Remedy.RESYNC,
                                Sentence.of("feed.prepared-earlier"),
                                "XA COMMIT of a transaction prepared before the snapshot");
            } else {
                atGroupEnd = ended.fault().orElse(null);
                rows.addAll(ended.rows());
            }
        }
        commit(event.time());
    }

    private void commit(Instant time) throws StreamFault {
        if (!open) {
            return;
        }
        if (atGroupEnd != null) {
            StreamFault fault = atGroupEnd;
            dropGroup();
            throw fault;
        }
        GtidPosition before = position;
        GtidPosition after = before.after(domain, server, sequence);
        String gtid = GtidPosition.gtid(domain, server, sequence);
        WholeGroup group = refused;
        int print = (int) fingerprint.getValue();
        if (group == null || !group.gtid().equals(gtid) || group.fingerprint() != print) {
            List<Fact> facts =
                    rows.isEmpty()
                            ? List.of()
                            : catalog.facts(rows, time, Optional.of(gtid), Source.BINLOG);
            group = new WholeGroup(gtid, before, after, time, print, facts, deleted(), foreign);
        }
        refused = group;
        sink.committed(group);
        refused = null;
        position = after;
        Instant beaten = heartbeat;
        if (beaten != null) {
            sink.heartbeat(beaten);
        }
        noteSchema();
        dropGroup();
    }

    private long[] deleted() {
        if (deletesFrom == Long.MAX_VALUE) {
            return NOTHING_DELETED;
        }
        return rows.stream()
                .filter(RecorderRow.StateDeleted.class::isInstance)
                .mapToLong(row -> ((RecorderRow.StateDeleted) row).id())
                .toArray();
    }

    private void noteSchema() {
        for (RecorderRow said : rows) {
            if (said instanceof RecorderRow.SchemaChanged(int version)) {
                // No reason for a new snapshot: columns that moved are noticed at their table map.
                LOG.info("Home Assistant's schema has version {} now", version);
            }
        }
    }
}
