package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Set;

/** What an account's own statements say of it. The lines are those of 10.11 and 11.4. */
class AccountTest {
    private static final String HASH =
            " IDENTIFIED BY PASSWORD '*536A0AD2F671C31FEB326D15FA57A6DAF8645440'";

    @Test
    void the_recommended_account_has_nothing_needless() {
        AccountRights rights =
                AccountRights.read(
                        List.of(
                                "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO `vigie`@`%`"
                                        + HASH,
                                "GRANT SELECT ON `homeassistant`.* TO `vigie`@`%`",
                                "GRANT SELECT, INSERT, DELETE HISTORY ON `test\\_%`.* TO PUBLIC",
                                "GRANT `helper` TO `vigie`@`%`",
                                "SET DEFAULT ROLE `helper` FOR `vigie`@`%`"));
        assertThat(rights.needless("homeassistant")).isEmpty();
        assertThat(rights.hasGlobal("REPLICATION SLAVE")).isTrue();
        assertThat(rights.hasGlobal("SUPER")).isFalse();
        assertThat(rights.toString()).doesNotContain("536A0AD2");
    }

    @Test
    void too_many_rights_are_named_with_their_scope() {
        assertThat(
                        AccountRights.read(
                                        List.of(
                                                "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO"
                                                        + " `ha`@`%`",
                                                "GRANT ALL PRIVILEGES ON `homeassistant`.* TO"
                                                        + " `ha`@`%`"))
                                .needless("homeassistant"))
                .containsExactly("ALL PRIVILEGES ON homeassistant.*");
        assertThat(
                        AccountRights.read(
                                        List.of(
                                                "GRANT ALL PRIVILEGES ON *.* TO `root`@`%`"
                                                        + HASH
                                                        + " WITH GRANT OPTION"))
                                .needless("homeassistant"))
                .containsExactly("ALL PRIVILEGES ON *.*", "GRANT OPTION ON *.*");
    }

    @Test
    void a_pattern_of_schemas_counts_as_the_server_counts_it() {
        AccountRights wild = AccountRights.read(List.of("GRANT INSERT ON `home_db`.* TO `a`@`%`"));
        assertThat(wild.needless("homeXdb")).isNotEmpty();
        AccountRights exact =
                AccountRights.read(List.of("GRANT INSERT ON `home\\_db`.* TO `a`@`%`"));
        assertThat(exact.needless("homeXdb")).isEmpty();
        assertThat(exact.needless("home_db")).isNotEmpty();
    }

    @Test
    void a_right_on_one_table_or_column_is_none_on_the_schema() {
        AccountRights rights =
                AccountRights.read(
                        List.of(
                                "GRANT SELECT, CREATE ON `vigie`.* TO `a`@`%`",
                                "GRANT INSERT ON `vigie`.`duty` TO `a`@`%`",
                                "GRANT UPDATE (`a`, `b`) ON `vigie`.* TO `a`@`%`"));
        assertThat(rights.missingOn("vigie", Set.of("SELECT", "CREATE", "INSERT", "UPDATE")))
                .containsExactly("INSERT", "UPDATE");
        assertThat(rights.missingOn("other", Set.of("SELECT"))).containsExactly("SELECT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CREATE USER `v`@`%` IDENTIFIED BY PASSWORD '*536A'|mysql_native_password|0|false",
                "CREATE USER `v`@`%`|mysql_native_password|0|false",
                "CREATE USER `v`@`%` IDENTIFIED VIA ed25519 USING 'Gv2JI'|ed25519|0|false",
                "CREATE USER `v`@`%` IDENTIFIED VIA unix_socket OR mysql_native_password USING 'invalid'|unix_socket,mysql_native_password|0|false",
                "CREATE USER `VIA pam`@`%` IDENTIFIED VIA ed25519 USING 'G OR pam' OR mysql_native_password USING '*B6' REQUIRE SSL WITH MAX_USER_CONNECTIONS 5 ACCOUNT LOCK|ed25519,mysql_native_password|5|false",
                "CREATE USER `v`@`%` IDENTIFIED VIA pam WITH MAX_QUERIES_PER_HOUR 100|pam|0|true"
            })
    void the_methods_and_limits_of_an_account_are_read(
            String statement, String plugins, int most, boolean hourly) {
        assertThat(AccountLogin.read(statement))
                .isEqualTo(new AccountLogin(List.of(plugins.split(",")), most, hourly));
    }
}
