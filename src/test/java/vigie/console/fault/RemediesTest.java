package vigie.console.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemediesTest {
    @Test
    void statements_are_found_in_a_sentence_each_once() {
        assertThat(
                        Remedies.statements(
                                "The account may not follow the log. Run on the server: GRANT"
                                        + " REPLICATION SLAVE ON *.* TO 'vigie'@'%'; and then SET"
                                        + " GLOBAL binlog_format = 'ROW'; or again GRANT REPLICATION"
                                        + " SLAVE ON *.* TO 'vigie'@'%';"))
                .containsExactly(
                        "GRANT REPLICATION SLAVE ON *.* TO 'vigie'@'%';",
                        "SET GLOBAL binlog_format = 'ROW';");
    }

    @Test
    void a_sentence_without_sql_has_none() {
        assertThat(Remedies.statements("Set log_bin in the server's options; restart it."))
                .isEmpty();
    }
}
