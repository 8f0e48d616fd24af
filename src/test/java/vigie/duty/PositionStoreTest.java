package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import vigie.feed.StoredPlace;
import vigie.store.OwnSchema;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

@ExtendWith(EmbeddedMariaDb.class)
class PositionStoreTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(PositionStore.class);
    private static final StoredPlace PLACE =
            new StoredPlace("0-1-9,7-2-18446744073709551615", "0-1-8,7-2-3", -5, 4_711);

    private final PositionStore store = new PositionStore("evaluator");
    private TestDatabase database;

    @BeforeEach
    void schema(TestDatabase database) {
        this.database = database;
        assertThat(OwnSchema.open(database.writer())).isInstanceOf(OwnSchema.Usable.class);
        database.execute("DELETE FROM `position`");
    }

    /** Each damage is worth a line, but here there are thousands. */
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @Test
    void a_place_comes_back_as_it_was_stored_and_belongs_to_one_consumer() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(store.load(connection)).isEmpty();
            store.save(connection, PLACE, 3);
            assertThat(store.load(connection)).contains(PLACE);
            assertThat(new PositionStore("archiver").load(connection)).isEmpty();
            StoredPlace next = new StoredPlace("0-1-10", "0-1-9", Integer.MIN_VALUE, 4_712);
            store.save(connection, next, 3);
            assertThat(store.load(connection)).contains(next);
        }
    }

    @Test
    void a_place_is_stored_with_the_callers_transaction_or_not_at_all() throws SQLException {
        try (Connection connection = database.connect();
                Connection other = database.connect()) {
            connection.setAutoCommit(false);
            store.save(connection, PLACE, 0);
            assertThat(store.load(other)).isEmpty();
            connection.rollback();
            assertThat(store.load(connection)).isEmpty();
        }
    }

    @Test
    void a_damaged_row_or_one_of_a_newer_vigie_is_no_place_and_no_exception() throws SQLException {
        String[] damages = {
            "`format`=NULL",
            "`format`=2",
            "`format`=-1",
            "`position`=NULL",
            "`position`='0-1'",
            "`position`='0-1-9;7-1-2'",
            "`position`='0-1-9,'",
            "`position`='\\'; DROP TABLE duty'",
            "`position`=REPEAT('1',65535)",
            "`position`=REPEAT('0-1-1,',10900)",
            "previous=NULL",
            "previous='é'",
            "fingerprint=NULL",
            "fingerprint=4294967296",
            "newest_id=NULL",
            "newest_id=-1",
        };
        try (Connection connection = database.connect()) {
            for (String damage : damages) {
                store.save(connection, PLACE, 0);
                database.execute("UPDATE `position` SET " + damage);
                assertThat(store.load(connection)).as(damage).isEmpty();
            }
        }
    }

    @Test
    void random_texts_are_a_place_only_if_they_look_like_one() throws SQLException {
        Random random = new Random(20_261_126);
        String letters = "0123456789-,; \t\n'\"\\é\u0000x";
        try (Connection connection = database.connect();
                PreparedStatement damage =
                        connection.prepareStatement(
                                "UPDATE `position` SET `position`=?,previous=?")) {
            store.save(connection, PLACE, 0);
            for (int i = 0; i < 500; i++) {
                String text = text(random, letters);
                damage.setString(1, text);
                damage.setString(2, PLACE.previous());
                damage.executeUpdate();
                Optional<StoredPlace> loaded = store.load(connection);
                assertThat(loaded.isEmpty() || text.isEmpty() || text.matches("[0-9,-]+"))
                        .as(text)
                        .isTrue();
            }
        }
    }

    private static String text(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void the_row_says_for_people_which_server_and_epoch_it_is_from() throws SQLException {
        try (Connection connection = database.connect()) {
            store.save(connection, PLACE, 12);
        }
        assertThat(
                        database.column(
                                "SELECT CONCAT(`server`,' ',epoch,' ',saved_at>UTC_TIMESTAMP(6)-INTERVAL"
                                        + " 1 MINUTE) FROM "
                                        + database.schema()
                                        + ".`position`"))
                .isEqualTo(List.of("1 12 1"));
    }
}
