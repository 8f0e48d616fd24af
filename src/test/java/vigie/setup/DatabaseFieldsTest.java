package vigie.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.store.DatabaseAddress;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.text.Fault;

class DatabaseFieldsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://vigie:p%40ss%2Fw%C3%B6rd%3A@db:3307/home%20assistant?ssl=require",
                "mariadb://u@[fe80::1]:3306/s",
                "jdbc:mariadb://a:b@h1:3306,h2:3307/s?ssl=verify",
                "mysql://u:p@10.0.0.7/"
            })
    void an_address_comes_back_from_its_fields(String url) throws Fault {
        DatabaseAddress address = DatabaseAddress.parse(url);
        assertThat(DatabaseFields.of(address).address()).isEqualTo(address);
        assertThat(DatabaseFields.isAddress("  " + url)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db||mariadb://u@db:3306/s",
                "db|3307|mariadb://u@db:3307/s",
                "a, b:9|3307|mariadb://u@a:3307,b:9/s",
                "fe80::1|3307|mariadb://u@[fe80::1]:3307/s",
                "[fe80::1]|3307|mariadb://u@[fe80::1]:3307/s",
                "[fe80::1]:9|3307|mariadb://u@[fe80::1]:9/s",
            })
    void a_port_belongs_to_the_hosts_that_name_none(String host, String port, String shown)
            throws Fault {
        assertThat(fields(host, port == null ? "" : port, "s").address().shown()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db/x|3306|s|setup.db.host-wrong",
                "u:p@db|3306|s|setup.db.host-wrong",
                "db|x|s|setup.db.port-wrong",
                "db|38537x|s|setup.db.port-wrong",
                "db|70000|s|setup.db.port-wrong",
                ",|3306|s|setup.db.host-wrong",
                "d b|3306|s|setup.db.host-wrong",
                "db|3306|a/b|setup.db.schema-wrong",
            })
    void what_is_no_address_is_said(String host, String port, String schema, String key) {
        Fault fault = catchThrowableOfType(Fault.class, () -> fields(host, port, schema).address());
        assertThat(fault.sentence().key()).isEqualTo(key);
    }

    @Test
    void an_address_typed_as_the_host_comes_into_its_places() throws Fault {
        DatabaseFields whole = fields("mysql://noc:p%40ss@10.0.0.7:3307/ha?ssl=verify", "", "s");
        assertThat(whole.isSpreadable()).isTrue();
        assertThat(whole.spread())
                .isEqualTo(
                        new DatabaseFields(
                                "10.0.0.7",
                                "3307",
                                "ha",
                                "noc",
                                Secret.of("p@ss"),
                                new Tls.Verify()));
        DatabaseFields end =
                new DatabaseFields("db:3307/ha", "1", "s", "u", Secret.of("p"), new Tls.Require());
        assertThat(end.spread())
                .isEqualTo(
                        new DatabaseFields(
                                "db", "3307", "ha", "u", Secret.of("p"), new Tls.Require()));
        assertThat(fields("db,other:1", "", "s").isSpreadable()).isFalse();
        assertThat(catchThrowableOfType(Fault.class, () -> fields("mysql://u:p@", "", "").spread()))
                .isNotNull();
    }

    @Test
    void the_usual_schema_stands_where_none_is_typed() throws Fault {
        assertThat(fields("db", "", " ").address().schema()).isEqualTo("homeassistant");
        assertThat(DatabaseFields.EMPTY.isComplete()).isFalse();
        assertThat(fields("db", "", "").isComplete()).isTrue();
        assertThat(DatabaseFields.isAddress("db.example.org")).isFalse();
    }

    private static DatabaseFields fields(String host, String port, String schema) {
        return new DatabaseFields(host, port, schema, "u", Secret.NONE, new Tls.Off());
    }
}
