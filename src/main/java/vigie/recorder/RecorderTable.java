package vigie.recorder;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The tables of the recorder whose rows say something that we follow. */
public enum RecorderTable {
    /** One row for each change of a state. */
    STATES("states"),
    /** The entities' names. */
    STATES_META("states_meta"),
    /** The attributes, shared by the rows that have the same. */
    STATE_ATTRIBUTES("state_attributes"),
    /** One row for each migration of the schema that is done. */
    SCHEMA_CHANGES("schema_changes"),
    /** One row for each start of Home Assistant, with its end. */
    RECORDER_RUNS("recorder_runs");

    private final String sqlName;

    RecorderTable(String sqlName) {
        this.sqlName = sqlName;
    }

    /** The table's name in SQL. */
    public String sqlName() {
        return sqlName;
    }

    /** Whether the room is followed without it too, where it is missing or may not be read. */
    public boolean isOptional() {
        return this == RECORDER_RUNS;
    }

    /** The columns without which we cannot read it. */
    public List<String> neededColumns() {
        return switch (this) {
            case STATES ->
                    List.of("state_id", "state", "last_updated_ts", "attributes_id", "metadata_id");
            case STATES_META -> List.of("metadata_id", "entity_id");
            case STATE_ATTRIBUTES -> List.of("attributes_id", "shared_attrs");
            case SCHEMA_CHANGES -> List.of("schema_version");
            case RECORDER_RUNS -> List.of("run_id", "start", "end", "closed_incorrect");
        };
    }

    /** The table of this name; null for one that we do not follow. */
    public static @Nullable RecorderTable named(String sqlName) {
        for (RecorderTable table : values()) {
            if (table.sqlName.equalsIgnoreCase(sqlName)) {
                return table;
            }
        }
        return null;
    }
}
