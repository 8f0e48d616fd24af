-- Every statement may run twice. Times named *_us are microseconds since 1970-01-01 UTC by the clock of Home Assistant's host;
-- *_s are seconds since 1970 by the database's. No COMPRESSED columns: the binlog's readers cannot decode them.

CREATE TABLE IF NOT EXISTS archive (
  recorder VARCHAR(64) NOT NULL PRIMARY KEY COMMENT 'schema of the Home Assistant database',
  complete_from_us BIGINT COMMENT 'from here on `reading` holds every row of `states`; NULL: not begun',
  rolled_from_us BIGINT COMMENT 'from here on the roll-ups are made; NULL: none yet',
  rolled_to_us BIGINT COMMENT 'up to here',
  expired_to_us BIGINT COMMENT 'readings before it were dropped; NULL: none',
  fill_top BIGINT COMMENT 'back-filling copies the rows of `states` with at most this state_id',
  fill_next BIGINT COMMENT 'and has this one and those below still to do; NULL: not begun; 0: done',
  epoch BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='one row for each Home Assistant database that is archived';

CREATE TABLE IF NOT EXISTS point (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  recorder VARCHAR(64) NOT NULL,
  name VARCHAR(255) NOT NULL COMMENT 'its present name, or its last',
  rolled TINYINT NOT NULL DEFAULT 0 COMMENT '1: roll-ups are kept of it; 2: they will be, its past is not rolled up yet',
  KEY ix_point_name (recorder, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='the identity of a point, whatever Home Assistant calls it';

CREATE TABLE IF NOT EXISTS point_key (
  recorder VARCHAR(64) NOT NULL,
  metadata_id BIGINT NOT NULL,
  point INT NOT NULL,
  PRIMARY KEY (recorder, metadata_id),
  KEY ix_point_key_point (point)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='the rows of `states_meta` that a point has had';

CREATE TABLE IF NOT EXISTS point_name (
  point INT NOT NULL,
  since_s BIGINT NOT NULL COMMENT 'when the database committed the name; 0: before the archive began',
  name VARCHAR(255) NOT NULL,
  PRIMARY KEY (point, since_s)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='the names a point has had';

CREATE TABLE IF NOT EXISTS attributes (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  hash BINARY(16) NOT NULL COMMENT 'MD5 of the four columns, each with a mark whether it is there',
  unit VARCHAR(255),
  device_class VARCHAR(255),
  state_class VARCHAR(255),
  friendly_name VARCHAR(255),
  UNIQUE KEY ix_attributes_hash (hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='what Home Assistant says of a point beside its state, once for each combination';

CREATE TABLE IF NOT EXISTS stream (
  id SMALLINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  domain BIGINT NOT NULL,
  server BIGINT NOT NULL,
  UNIQUE KEY ix_stream_domain_server (domain, server)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='the first two numbers of a GTID';

CREATE TABLE IF NOT EXISTS reading (
  point INT NOT NULL,
  time_us BIGINT NOT NULL COMMENT 'last_updated_ts',
  id BIGINT NOT NULL COMMENT 'state_id',
  changed_us BIGINT COMMENT 'last_changed_ts; NULL: as time_us',
  value DOUBLE COMMENT 'the finite number that the text spells',
  text VARCHAR(255) COMMENT 'the state as recorded; NULL: removed, or with a value: as Java writes that double',
  attributes INT COMMENT 'NULL: could not be read',
  committed_s BIGINT COMMENT 'NULL: unknown, as of rows copied from the tables',
  stream SMALLINT COMMENT 'with seq the GTID of its group; NULL: unknown',
  seq BIGINT,
  PRIMARY KEY (point, time_us, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='every row of `states`, as long as readings are kept'
PARTITION BY RANGE (time_us) (PARTITION p_rest VALUES LESS THAN MAXVALUE);

CREATE TABLE IF NOT EXISTS amended (
  point INT NOT NULL,
  time_us BIGINT NOT NULL,
  id BIGINT NOT NULL,
  until_s BIGINT NOT NULL COMMENT 'when the database committed the amendment',
  value DOUBLE,
  text VARCHAR(255),
  attributes INT,
  PRIMARY KEY (point, time_us, id, until_s)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='what a reading said before its row was repaired in place';

CREATE TABLE IF NOT EXISTS text_change (
  point INT NOT NULL,
  time_us BIGINT NOT NULL,
  id BIGINT NOT NULL,
  text VARCHAR(255) COMMENT 'NULL: removed',
  PRIMARY KEY (point, time_us, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='from when on a text stood; kept for good';

CREATE TABLE IF NOT EXISTS outage (
  recorder VARCHAR(64) NOT NULL,
  from_us BIGINT NOT NULL,
  to_us BIGINT COMMENT 'NULL: not over',
  PRIMARY KEY (recorder, from_us)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='when Home Assistant did not record';

CREATE TABLE IF NOT EXISTS minutes (
  point INT NOT NULL,
  start_us BIGINT NOT NULL COMMENT 'a whole hour',
  buckets BLOB NOT NULL COMMENT 'the 60 minutes of the hour; vigie.history.archive.BlockCodec',
  PRIMARY KEY (point, start_us)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='roll-ups of a minute'
PARTITION BY RANGE (start_us) (PARTITION p_rest VALUES LESS THAN MAXVALUE);

CREATE TABLE IF NOT EXISTS quarters (
  point INT NOT NULL,
  start_us BIGINT NOT NULL COMMENT 'a whole UTC day',
  buckets BLOB NOT NULL COMMENT 'the 96 quarters of the day',
  PRIMARY KEY (point, start_us)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='roll-ups of a quarter of an hour, for good';

CREATE TABLE IF NOT EXISTS hours (
  point INT NOT NULL,
  start_us BIGINT NOT NULL COMMENT 'a whole UTC day',
  buckets BLOB NOT NULL COMMENT 'the 24 hours of the day',
  PRIMARY KEY (point, start_us)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='roll-ups of an hour, for good';

CREATE TABLE IF NOT EXISTS reroll (
  point INT NOT NULL,
  time_us BIGINT NOT NULL,
  PRIMARY KEY (point, time_us)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='readings that came or changed after their bucket was made';
