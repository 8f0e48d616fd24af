-- Every statement may run twice: a console that dies between two of them leaves the rest to the next one.
-- Times are UTC. No COMPRESSED columns: the binlog's readers cannot decode them.

CREATE TABLE IF NOT EXISTS heartbeat (
  id TINYINT NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  writer VARCHAR(64) NOT NULL,
  written_at DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='one row, written every few seconds by the one on duty';

CREATE TABLE IF NOT EXISTS duty (
  id TINYINT NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  holder VARCHAR(190) NOT NULL,
  since DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='one row: who is on duty, and for which time the duty was taken';

CREATE TABLE IF NOT EXISTS `position` (
  consumer VARCHAR(64) NOT NULL PRIMARY KEY,
  `format` SMALLINT,
  `server` VARCHAR(64),
  `position` TEXT,
  previous TEXT,
  fingerprint BIGINT,
  newest_id BIGINT,
  epoch BIGINT,
  saved_at DATETIME(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='how far each durable consumer has come';
