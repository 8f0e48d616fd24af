-- Home Assistant's recorder, schema 53, as it creates its tables fresh on MariaDB.
-- The comment of schema_changes tells the simulator's databases from all others.

CREATE TABLE schema_changes (change_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, schema_version INT, changed DATETIME(6) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
  COMMENT='written by vigie simulate';

CREATE TABLE states_meta (metadata_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, entity_id VARCHAR(255),
  UNIQUE KEY ix_states_meta_entity_id (entity_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE state_attributes (attributes_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  hash INT UNSIGNED, shared_attrs LONGTEXT, KEY ix_state_attributes_hash (hash)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE states (
  state_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  entity_id CHAR(0), state VARCHAR(255), attributes CHAR(0), event_id SMALLINT, 
  last_changed CHAR(0), last_changed_ts DOUBLE, last_reported_ts DOUBLE, last_updated CHAR(0), last_updated_ts DOUBLE,
  old_state_id BIGINT, attributes_id BIGINT, context_id CHAR(0), context_user_id CHAR(0), context_parent_id CHAR(0),
  origin_idx SMALLINT, context_id_bin TINYBLOB, context_user_id_bin TINYBLOB,
  context_parent_id_bin TINYBLOB, metadata_id BIGINT,
  KEY ix_states_metadata_id_last_updated_ts (metadata_id, last_updated_ts), KEY ix_states_last_updated_ts (last_updated_ts),
  KEY ix_states_context_id_bin (context_id_bin(16)), KEY ix_states_old_state_id (old_state_id),
  KEY ix_states_attributes_id (attributes_id),
  FOREIGN KEY (old_state_id) REFERENCES states(state_id), FOREIGN KEY (attributes_id) REFERENCES state_attributes(attributes_id),
  FOREIGN KEY (metadata_id) REFERENCES states_meta(metadata_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE event_types (event_type_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, event_type VARCHAR(64),
  UNIQUE KEY ix_event_types_event_type (event_type)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE event_data (data_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, hash INT UNSIGNED, shared_data LONGTEXT,
  KEY ix_event_data_hash (hash)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE events (event_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, event_type CHAR(0), event_data CHAR(0), origin CHAR(0),
  origin_idx SMALLINT, time_fired CHAR(0), time_fired_ts DOUBLE, context_id CHAR(0), context_user_id CHAR(0),
  context_parent_id CHAR(0), data_id BIGINT, context_id_bin TINYBLOB, context_user_id_bin TINYBLOB,
  context_parent_id_bin TINYBLOB, event_type_id BIGINT,
  KEY ix_events_event_type_id_time_fired_ts (event_type_id, time_fired_ts), KEY ix_events_time_fired_ts (time_fired_ts),
  KEY ix_events_data_id (data_id), KEY ix_events_context_id_bin (context_id_bin(16)),
  FOREIGN KEY (data_id) REFERENCES event_data(data_id), FOREIGN KEY (event_type_id) REFERENCES event_types(event_type_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE statistics_meta (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, statistic_id VARCHAR(255), source VARCHAR(32),
  unit_of_measurement VARCHAR(255), unit_class VARCHAR(255), has_mean BOOL, has_sum BOOL, name VARCHAR(255),
  mean_type SMALLINT NOT NULL, UNIQUE KEY ix_statistics_meta_statistic_id (statistic_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE statistics (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  created CHAR(0), created_ts DOUBLE, metadata_id BIGINT, start CHAR(0), start_ts DOUBLE, mean DOUBLE, mean_weight DOUBLE,
  min DOUBLE, max DOUBLE, last_reset CHAR(0), last_reset_ts DOUBLE, state DOUBLE, sum DOUBLE,
  UNIQUE KEY ix_statistics_statistic_id_start_ts (metadata_id, start_ts), KEY ix_statistics_start_ts (start_ts),
  FOREIGN KEY (metadata_id) REFERENCES statistics_meta(id) ON DELETE CASCADE) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE statistics_short_term (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  created CHAR(0), created_ts DOUBLE, metadata_id BIGINT, start CHAR(0), start_ts DOUBLE, mean DOUBLE, mean_weight DOUBLE,
  min DOUBLE, max DOUBLE, last_reset CHAR(0), last_reset_ts DOUBLE, state DOUBLE, sum DOUBLE,
  UNIQUE KEY ix_statistics_short_term_statistic_id_start_ts (metadata_id, start_ts), KEY ix_statistics_short_term_start_ts (start_ts),
  FOREIGN KEY (metadata_id) REFERENCES statistics_meta(id) ON DELETE CASCADE) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE recorder_runs (run_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, start DATETIME(6) NOT NULL, `end` DATETIME(6),
  closed_incorrect BOOL NOT NULL, created DATETIME(6) NOT NULL, KEY ix_recorder_runs_start_end (start, `end`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE statistics_runs (run_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, start DATETIME(6) NOT NULL,
  KEY ix_statistics_runs_start (start)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE migration_changes (migration_id VARCHAR(255) NOT NULL PRIMARY KEY, version SMALLINT NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
