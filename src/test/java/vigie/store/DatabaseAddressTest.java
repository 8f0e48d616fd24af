package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.text.Fault;
import vigie.text.Words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

class DatabaseAddressTest {
    private static final String FINGERPRINT =
            "0F:1E:2D:3C:4B:5A:69:78:87:96:A5:B4:C3:D2:E1:F0:0F:1E:2D:3C:4B:5A:69:78:87:96:A5:B4:C3:D2:E1:F0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ha:pw@db.local:3307/home",
                "mariadb://ha:pw@db.local:3307/home",
                "jdbc:mariadb://ha:pw@db.local:3307/home",
                "MySQL://ha:pw@db.local:3307/home?charset=utf8mb4",
                "  mysql://ha:pw@db.local:3307/home\n",
                "jdbc:mariadb://db.local:3307/home?user=ha&password=pw",
                "mysql://h%61:%70w@db.local:3307/h%6Fme"
            })
    void all_forms_of_an_address_mean_the_same(String url) throws Fault {
        assertThat(DatabaseAddress.parse(url))
                .isEqualTo(
                        new DatabaseAddress(
                                List.of(new HostPort("db.local", 3307)),
                                "ha",
                                Secret.of("pw"),
                                "home",
                                new Tls.Off()));
    }

    @Test
    void port_and_schema_have_defaults() throws Fault {
        DatabaseAddress expected =
                new DatabaseAddress(
                        List.of(new HostPort("db", 3306)),
                        "ha",
                        Secret.NONE,
                        "homeassistant",
                        new Tls.Off());
        assertThat(DatabaseAddress.parse("mysql://ha@db")).isEqualTo(expected);
        assertThat(DatabaseAddress.parse("mysql://ha:@db/")).isEqualTo(expected);
    }

    @Test
    void several_hosts_and_ipv6_are_understood() throws Fault {
        assertThat(
                        DatabaseAddress.parse(
                                        "mysql://u:p@h1,h2:3307,[::1]:3308,[fe80::1%25eth0]/s")
                                .hosts())
                .containsExactly(
                        new HostPort("h1", 3306),
                        new HostPort("h2", 3307),
                        new HostPort("::1", 3308),
                        new HostPort("fe80::1%eth0", 3306));
    }

    @Test
    void encryption_is_asked_for_after_the_question_mark() throws Fault {
        assertThat(DatabaseAddress.parse("mysql://u@h/s?ssl=require").tls())
                .isEqualTo(new Tls.Require());
        assertThat(DatabaseAddress.parse("mysql://u@h/s?charset=utf8mb4&ssl=verify").tls())
                .isEqualTo(new Tls.Verify());
        assertThat(DatabaseAddress.parse("mysql://u@h?ssl=fingerprint=" + FINGERPRINT).tls())
                .isEqualTo(
                        new Tls.Fingerprint(FINGERPRINT.replace(":", "").toLowerCase(Locale.ROOT)));
        assertThat(Tls.Fingerprint.read(FINGERPRINT).orElseThrow().shown()).isEqualTo(FINGERPRINT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "postgresql://u:SECRET@h/s | scheme",
                "SECRET | scheme",
                "u:SECRET@h:3306/s | scheme",
                "mysql:u:SECRET@h | scheme",
                "mysql://u:SECRET@pa@h/s | reserved",
                "mysql://u:SECRET/pa@h/s | reserved",
                "mysql://u:SECRET?pa@h/s | reserved",
                "mysql://u:SECRET#pa@h/s | reserved",
                "mysql://u:SECRET%@h/s | percent",
                "mysql://u:SECRET%zz@h/s | percent",
                "mysql://u:SECRET%ff%fe@h/s | percent",
                "mysql://u:SECRET%4@h/s | percent",
                "mysql://u:SEC RET@h/s | space",
                "mysql://u%00:SECRET@h/s | space",
                "mysql://:SECRET@h/s | user",
                "mysql://h/s?password=SECRET | user",
                "mysql://h | user",
                "mysql://u:SECRET@/s | host",
                "mysql://u:SECRET@ | host",
                "mysql://u:SECRET@h1,,h2/s | host",
                "mysql://u:SECRET@h!/s | hostName",
                "mysql://u:SECRET@-h/s | hostName",
                "mysql://u:SECRET@h:0/s | port",
                "mysql://u:SECRET@h:65536/s | port",
                "mysql://u:SECRET@h:/s | port",
                "mysql://u:SECRET@h:SECRET/s | port",
                "mysql://u:SECRET@fe80::1/s | bracket",
                "mysql://u:SECRET@[fe80::1/s | bracket",
                "mysql://u:SECRET@[h]/s | bracket",
                "mysql://u:SECRET@[::1]3306/s | bracket",
                "mysql://u:SECRET@h/a/b | schema",
                "mysql://u:SECRET@h/a%60b | schema",
                "mysql://u:SECRET@h/s?ssl=maybe | ssl",
                "mysql://u:SECRET@h/s?ssl | ssl",
                "mysql://u:SECRET@h/s?ssl=fingerprint=abc | fingerprint",
                "mysql://u:SECRET@h/s?ssl=require&ssl=verify | twice",
                "mysql://u:SECRET@h/s?useSSL=true | option",
                "mysql://u:SECRET@h/s?12=34 | options",
                "mysql://u:SECRET@h/s?charset=latin1 | charset",
                "mysql://u:SECRET@1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17/s | hosts"
            })
    void a_wrong_address_is_explained_without_its_password(String url, String key) {
        Fault fault = catchThrowableOfType(Fault.class, () -> DatabaseAddress.parse(url));
        assertThat(fault.sentence().key()).isEqualTo("store.url." + key);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.USAGE);
        for (String text : texts(fault)) {
            assertThat(text).doesNotContain("SECRET").doesNotContain("SEC RET");
        }
        assertThat(Words.in(Locale.ENGLISH).say(fault.sentence()))
                .as("an example of what is right")
                .containsAnyOf("mysql://user:", "openssl", "?charset=");
    }

    @Test
    void a_missing_address_names_every_way_to_give_one() {
        for (String none : new String[] {null, "", "  "}) {
            Fault fault = catchThrowableOfType(Fault.class, () -> DatabaseAddress.required(none));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
            for (String text : List.of(texts(fault).get(0), texts(fault).get(1))) {
                assertThat(text).contains("MARIADB_URL=", "--db-url", "vigie setup");
            }
        }
    }

    @Test
    void random_addresses_survive_being_written_and_read() throws Fault {
        Random random = new Random(20261121);
        for (int i = 0; i < 2_000; i++) {
            DatabaseAddress address =
                    new DatabaseAddress(
                            hosts(random),
                            text(random, 1, ""),
                            Secret.of(text(random, 0, "")),
                            text(random, 1, "/\\?#`%&"),
                            switch (random.nextInt(4)) {
                                case 0 -> new Tls.Require();
                                case 1 -> new Tls.Verify();
                                case 2 ->
                                        new Tls.Fingerprint(
                                                String.format(
                                                        Locale.ROOT,
                                                        "%064x",
                                                        random.nextLong(Long.MAX_VALUE)));
                                default -> new Tls.Off();
                            });
            assertThat(DatabaseAddress.parse(address.url())).isEqualTo(address);
        }
    }

    @Test
    void random_texts_are_understood_or_explained_and_never_echoed() {
        Random random = new Random(7);
        String signs = "abz09:@/?#%[],=&. é\t-_";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "" : "mysql://u:");
            text.append("Kq7Zx");
            int length = random.nextInt(24);
            for (int at = 0; at < length; at++) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                DatabaseAddress read = DatabaseAddress.parse(text.toString());
                assertThat(read.password().reveal()).contains("Kq7Zx");
                assertThat(read + read.shown() + read.shownHosts()).doesNotContain("Kq7Zx");
            } catch (Fault fault) {
                assertThat(texts(fault)).noneMatch(said -> said.contains("Kq7Zx"));
            }
        }
    }

    @Test
    void no_text_of_an_address_shows_the_password() throws Fault {
        DatabaseAddress address = DatabaseAddress.parse("mysql://ha:s%40cret@db:3307/home");
        assertThat(address.password().reveal()).isEqualTo("s@cret");
        assertThat(address.toString()).isEqualTo("mariadb://ha@db:3307/home");
        assertThat(address.password().toString()).isEqualTo("…");
        assertThat(address.url()).isEqualTo("mariadb://ha:s%40cret@db:3307/home");
    }

    @Test
    void the_same_hosts_in_another_order_are_the_same_server() throws Fault {
        DatabaseAddress one = DatabaseAddress.parse("mysql://a@H1:3306,h2/x");
        assertThat(one.sameServer(DatabaseAddress.parse("mysql://b@h2,h1/y"))).isTrue();
        assertThat(one.sameServer(DatabaseAddress.parse("mysql://b@h2/y"))).isFalse();
    }

    private static List<String> texts(Fault fault) {
        return List.of(
                Words.in(Locale.ENGLISH).say(fault.sentence()),
                Words.in(Locale.FRENCH).say(fault.sentence()),
                String.valueOf(fault.getMessage()),
                fault.sentence().toString(),
                String.valueOf(fault.getCause()));
    }

    private static List<HostPort> hosts(Random random) {
        List<HostPort> hosts = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String name =
                    switch (random.nextInt(4)) {
                        case 0 -> "192.168.1." + random.nextInt(256);
                        case 1 -> "fd00::" + Integer.toHexString(random.nextInt(65536));
                        case 2 -> "fe80::1%eth" + random.nextInt(9);
                        default -> "db-" + random.nextInt(100) + ".exämple_net";
                    };
            hosts.add(new HostPort(name, 1 + random.nextInt(65535)));
        }
        return hosts;
    }

    private static String text(Random random, int least, String without) {
        StringBuilder text = new StringBuilder();
        int length = least + random.nextInt(12);
        while (text.codePointCount(0, text.length()) < length) {
            int point =
                    random.nextInt(3) == 0
                            ? random.nextInt(0xa1, 0x1f64f)
                            : random.nextInt(0x21, 0x7f);
            if (!Character.isSurrogate((char) point)
                    && !Character.isISOControl(point)
                    && without.indexOf(point) < 0) {
                text.appendCodePoint(point);
            }
        }
        return text.toString();
    }

    @Test
    void a_quoted_address_loses_its_password_and_nothing_else() {
        assertThat(
                        DatabaseAddress.withoutPasswords(
                                "\"mysql://vigie:p@ss:w/rd@db:3306/ha\" is not understood here"))
                .isEqualTo("\"mysql://vigie:…@db:3306/ha\" is not understood here");
        assertThat(DatabaseAddress.withoutPasswords("--dburl=jdbc:mariadb://u:s3cret@h/d?"))
                .isEqualTo("--dburl=jdbc:mariadb://u:…@h/d?");
        assertThat(DatabaseAddress.withoutPasswords("mariadb://vigie@db:3306/ha, 10:30"))
                .isEqualTo("mariadb://vigie@db:3306/ha, 10:30");
    }
}
