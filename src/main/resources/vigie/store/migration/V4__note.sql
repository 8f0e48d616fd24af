-- Every statement may run twice. Times named *_us are microseconds since 1970-01-01 UTC by the clock of Home Assistant's host.

CREATE TABLE IF NOT EXISTS note (
  id BINARY(16) NOT NULL PRIMARY KEY COMMENT 'a UUID',
  recorder VARCHAR(64) NOT NULL COMMENT 'schema of the Home Assistant database it is about',
  at_us BIGINT NOT NULL COMMENT 'the moment it is about',
  written_at DATETIME(6) NOT NULL COMMENT 'UTC, by the clock of the database',
  author VARCHAR(64) NOT NULL,
  text VARCHAR(2000) NOT NULL,
  element VARCHAR(64) COMMENT 'id of the element of the plan; NULL: the room',
  KEY ix_note_at (recorder, at_us)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='what operators wrote down about a moment; never changed';
