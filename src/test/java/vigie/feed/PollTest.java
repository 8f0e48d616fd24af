package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.feed.FeedStatus.Phase;
import vigie.feed.FeedStatus.Way;
import vigie.point.PointId;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A server that writes no binlog, as Home Assistant's own add-on comes. */
class PollTest {
    @TempDir private Path folder;
    private PrivateServer server;
    private HomeAssistant home;
    private Watcher watcher;
    private Feed feed;

    @BeforeEach
    void start() throws IOException, Fault, SQLException {
        server = PrivateServer.start(folder, "--skip-log-bin");
        home = new HomeAssistant(server);
        home.state("sensor.a", "0");
        home.commit();
        watcher = new Watcher();
        feed = new Feed(server.address(), watcher, Clock.systemUTC());
        feed.start();
        watcher.await(Phase.LIVE);
    }

    @AfterEach
    void stop() throws IOException {
        feed.close();
        server.close();
    }

    private void awaitPrinted(List<Long> ids) {
        Deadline.within(
                Watcher.PATIENCE, "rows " + ids, () -> watcher.printed().size() >= ids.size());
        assertThat(watcher.printed().lines().stream().map(Printed.Line::id))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    private void awaitNewest(String text) {
        Deadline.within(
                Watcher.PATIENCE, text, () -> text.equals(watcher.newest("sensor.a").text()));
    }

    @Test
    void new_rows_come_once_a_second_and_the_feed_says_what_it_does() throws SQLException, Fault {
        FeedCheck.check(server.address());
        FeedStatus status = feed.status();
        assertThat(status.way()).isEqualTo(Way.POLL);
        assertThat(status.reason().orElseThrow().key()).isEqualTo("feed.polling");
        assertThat(watcher.newest("sensor.a").text()).isEqualTo("0");
        List<Long> ids = new ArrayList<>();
        ids.add(home.state("sensor.a", "1"));
        ids.add(home.state("sensor.new", "2"));
        home.commit();
        awaitPrinted(ids);
        awaitNewest("1");
        assertThat(watcher.newest("sensor.new").attributes().unit()).contains("°C");
    }

    @Test
    void a_renamed_point_has_its_new_name_after_some_seconds() throws SQLException, Fault {
        server.execute("UPDATE states_meta SET entity_id='sensor.b' WHERE entity_id='sensor.a'");
        Deadline.within(
                Watcher.PATIENCE,
                "the new name",
                () -> watcher.state.point(new PointId("sensor.b")).isPresent());
        assertThat(watcher.state.point(new PointId("sensor.a"))).isEmpty();
    }

    @Test
    void a_server_that_goes_and_comes_back_with_a_log_is_streamed_and_no_row_is_lost_or_doubled()
            throws SQLException, Fault {
        List<Long> ids = new ArrayList<>();
        ids.add(home.state("sensor.a", "1"));
        home.commit();
        awaitPrinted(ids);
        home.close();
        server.stop();
        watcher.await(Phase.BACKOFF);
        server.startAgain("--log-bin=mariadb-bin");
        home = new HomeAssistant(server);
        ids.add(home.state("sensor.a", "2"));
        home.commit();
        Deadline.within(
                Watcher.PATIENCE,
                "streamed",
                () -> watcher.is(Phase.LIVE) && feed.status().way() == Way.BINLOG);
        ids.add(home.state("sensor.a", "3"));
        home.commit();
        awaitPrinted(ids);
        awaitNewest("3");
    }

    @Test
    void a_log_that_leaves_out_the_tables_is_as_good_as_none() throws SQLException, Fault {
        home.close();
        server.stop();
        watcher.await(Phase.BACKOFF);
        server.startAgain("--log-bin=mariadb-bin", "--binlog-do-db=other");
        server.execute("GRANT BINLOG MONITOR ON *.* TO console");
        watcher.await(Phase.LIVE);
        server.proxy().cut();
        Deadline.within(
                Watcher.PATIENCE,
                "kept out",
                () ->
                        watcher.is(Phase.LIVE)
                                && feed.status()
                                        .reason()
                                        .filter(why -> why.key().equals("feed.kept-out"))
                                        .isPresent());
        assertThat(feed.status().way()).isEqualTo(Way.POLL);
        home = new HomeAssistant(server);
        long id = home.state("sensor.a", "1");
        home.commit();
        awaitPrinted(List.of(id));
    }

    @Test
    void a_log_that_leaves_out_the_tables_unseen_is_found_by_comparison()
            throws SQLException, Fault {
        home.close();
        server.stop();
        watcher.await(Phase.BACKOFF);
        server.startAgain("--log-bin=mariadb-bin", "--binlog-do-db=other");
        watcher.await(Phase.LIVE);
        home = new HomeAssistant(server);
        long id = home.state("sensor.a", "1");
        home.commit();
        Deadline.within(
                Watcher.PATIENCE.multipliedBy(2), "found", () -> watcher.printed().size() == 1);
        awaitPrinted(List.of(id));
    }

    @Test
    void an_idle_server_is_heard_with_every_question() {
        int before = watcher.heard.get();
        Deadline.within(Watcher.PATIENCE, "three answers", () -> watcher.heard.get() >= before + 3);
    }
}
