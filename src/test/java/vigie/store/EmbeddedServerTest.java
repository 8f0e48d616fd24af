package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

@ExtendWith(EmbeddedMariaDb.class)
class EmbeddedServerTest {
    @Test
    void the_server_keeps_its_log_as_vigie_recommends_it(TestDatabase database) {
        assertThat(
                        database.column(
                                "SELECT CONCAT_WS(' ', @@version, @@log_bin, @@binlog_format,"
                                        + " @@binlog_row_image, @@binlog_row_metadata,"
                                        + " @@binlog_expire_logs_seconds, @@gtid_strict_mode,"
                                        + " @@global.time_zone, @@character_set_server, @@bind_address,"
                                        + " @@socket = '', @@server_id)"))
                .containsExactly(
                        "11.4.5-MariaDB-log ON ROW FULL FULL 259200 ON +00:00 utf8mb4 127.0.0.1 1 1");
    }
}
