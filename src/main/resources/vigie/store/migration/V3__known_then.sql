-- Every statement may run twice. Times as in version 2. No COMPRESSED columns: the binlog's readers cannot decode them.

CREATE TABLE IF NOT EXISTS late (
  point INT NOT NULL,
  committed_s BIGINT NOT NULL,
  seq BIGINT NOT NULL COMMENT 'the last number of the GTID; 0: unknown',
  time_us BIGINT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (point, committed_s, seq, time_us, id),
  KEY ix_late_committed (committed_s)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='the readings that were committed long after their time, or before it: as long as readings are kept';

CREATE TABLE IF NOT EXISTS fact (
  recorder VARCHAR(64) NOT NULL,
  committed_s BIGINT NOT NULL COMMENT 'with seq and stream the transaction',
  seq BIGINT NOT NULL COMMENT '0: unknown',
  stream SMALLINT NOT NULL COMMENT '0: unknown',
  n INT NOT NULL COMMENT 'its place in the transaction; -1: of a reading',
  id BIGINT NOT NULL COMMENT 'state_id; 0: not of a reading',
  kind TINYINT NOT NULL COMMENT '0 from here on all is known, 1 named, 2 forgotten, 3 the recorder said, 4 amended, 5 was before it was amended',
  metadata_id BIGINT COMMENT 'of 1, 2, 4 and 5',
  text VARCHAR(255) COMMENT 'the name; what the recorder does; the state as recorded',
  time_us BIGINT COMMENT 'last_updated_ts; since when the recorder does it',
  changed_us BIGINT,
  value DOUBLE,
  attributes INT,
  PRIMARY KEY (recorder, committed_s, seq, n, id),
  KEY ix_fact_kind (recorder, kind, committed_s, seq),
  KEY ix_fact_id (recorder, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='what transactions said that is no reading; of readings as long as they are kept, the rest for good';
