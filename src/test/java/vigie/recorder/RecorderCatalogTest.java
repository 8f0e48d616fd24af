package vigie.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.RecorderState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class RecorderCatalogTest {
    private static final Instant COMMITTED = Instant.ofEpochSecond(1_795_254_461);
    private static final PointKey KEY = new PointKey(7);

    /** Answers from maps and remembers what it was asked. */
    private static final class Answers implements MissLoader {
        final List<Collection<Long>> asked = new ArrayList<>();
        Map<Long, String> attributes = Map.of();
        Map<Long, String> names = Map.of();
        Map<Long, RecorderRow.StateInserted> states = Map.of();
        boolean complete = true;

        @Override
        public Found attributes(Collection<Long> ids) {
            asked.add(List.copyOf(ids));
            return new Found(attributes, complete);
        }

        @Override
        public Map<Long, RecorderRow.StateInserted> states(Collection<Long> ids) {
            asked.add(List.copyOf(ids));
            return states;
        }

        @Override
        public Found names(Collection<Long> metadataIds) {
            asked.add(List.copyOf(metadataIds));
            return new Found(names, complete);
        }
    }

    private final Answers answers = new Answers();
    private final RecorderCatalog catalog = new RecorderCatalog(answers);

    private static RecorderRow.StateInserted state(long id, String text, long attributesId) {
        return new RecorderRow.StateInserted(
                OptionalLong.of(id),
                KEY,
                text,
                Optional.of(COMMITTED.minusMillis(20)),
                Optional.empty(),
                OptionalLong.of(attributesId));
    }

    private List<Fact> facts(RecorderRow... rows) {
        return catalog.facts(List.of(rows), COMMITTED, Optional.of("0-1-5"), Source.BINLOG);
    }

    private static Reading reading(Fact fact) {
        return ((Fact.Observed) fact).reading();
    }

    @Test
    void names_and_attributes_of_the_same_group_are_joined_without_asking() {
        List<Fact> facts =
                facts(
                        new RecorderRow.NameWritten(KEY, Optional.of("sensor.x")),
                        new RecorderRow.AttributesWritten(
                                3, AttributesText.read("{\"unit_of_measurement\":\"W\"}")),
                        state(1, "5", 3));
        assertThat(answers.asked).isEmpty();
        assertThat(facts.getFirst()).isEqualTo(new Fact.Named(KEY, new PointId("sensor.x")));
        assertThat(reading(facts.getLast()).attributes().unit()).contains("W");
        assertThat(reading(facts.getLast()).changed()).isEqualTo(COMMITTED.minusMillis(20));
    }

    @Test
    void what_is_missing_is_asked_for_once_and_together() {
        answers.attributes = Map.of(3L, "{\"unit_of_measurement\":\"W\"}");
        answers.names = Map.of(7L, "sensor.x");
        List<Fact> facts = facts(state(1, "5", 3), state(2, "6", 4));
        assertThat(answers.asked).containsExactly(List.of(3L, 4L), List.of(7L));
        assertThat(reading(facts.getFirst()).point()).isEqualTo(new PointId("sensor.x"));
        assertThat(reading(facts.getFirst()).quality()).isEqualTo(Quality.GOOD);
        assertThat(reading(facts.getLast()).attributes()).isEqualTo(Attributes.MISSING);
        assertThat(reading(facts.getLast()).quality())
                .isEqualTo(Quality.of(Quality.Reason.NO_ATTRIBUTES));
        facts(state(3, "7", 4));
        assertThat(answers.asked).hasSize(2);
    }

    @Test
    void an_answer_that_did_not_come_is_asked_for_again() {
        answers.complete = false;
        facts(state(1, "5", 3));
        facts(state(2, "5", 3));
        assertThat(answers.asked).hasSize(4);
    }

    @Test
    void a_point_without_a_name_is_called_after_its_row() {
        assertThat(reading(facts(state(1, "5", 3)).getFirst()).point())
                .isEqualTo(new PointId("states_meta.7"));
    }

    @Test
    void a_row_amended_in_place_is_told_as_such_and_what_the_log_left_out_is_asked_for() {
        answers.names = Map.of(7L, "sensor.x");
        RecorderRow.StateInserted whole = state(1, "5", 3);
        Fact told =
                facts(new RecorderRow.StateAmended(1, Optional.of(whole), Optional.empty()))
                        .getFirst();
        assertThat(told)
                .isInstanceOfSatisfying(
                        Fact.Amended.class,
                        amended -> assertThat(amended.reading().text()).isEqualTo("5"));
        answers.asked.clear();
        answers.states = Map.of(1L, state(1, "6", 3));
        List<Fact> partly =
                facts(
                        new RecorderRow.StateAmended(1, Optional.empty(), Optional.empty()),
                        new RecorderRow.StateAmended(2, Optional.empty(), Optional.empty()));
        assertThat(answers.asked).containsExactly(List.of(1L, 2L));
        assertThat(partly)
                .singleElement()
                .isInstanceOfSatisfying(
                        Fact.Amended.class,
                        amended -> assertThat(amended.reading().text()).isEqualTo("6"));
    }

    private static RecorderRow.RunWritten run(long id, int start, int end, boolean crashed) {
        return new RecorderRow.RunWritten(
                id,
                start == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(start)),
                end != 0,
                end == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(end)),
                crashed);
    }

    private static Fact said(RecorderState.Phase phase, long since) {
        return new Fact.RecorderSaid(
                new RecorderState(phase, Optional.of(Instant.ofEpochSecond(since))));
    }

    @Test
    void the_newest_run_says_whether_the_recorder_runs() {
        assertThat(facts(run(7, 100, 0, false)))
                .containsExactly(said(RecorderState.Phase.RUNNING, 100));
        assertThat(facts(run(7, 0, 150, false)))
                .containsExactly(said(RecorderState.Phase.STOPPED, 150));
        assertThat(facts(run(6, 0, 160, false))).as("an older run").isEmpty();
        assertThat(facts(run(8, 200, 0, false)))
                .containsExactly(said(RecorderState.Phase.RUNNING, 200));
    }

    @Test
    void a_run_that_is_closed_after_a_crash_is_no_stop() {
        facts(run(7, 100, 0, false));
        assertThat(facts(run(7, 0, 150, true))).isEmpty();
        assertThat(facts(run(8, 200, 0, false)))
                .containsExactly(said(RecorderState.Phase.RUNNING, 200));
    }

    @Test
    void a_migration_begins_with_a_changed_column_and_ends_with_its_last_step_or_a_reading() {
        facts(run(7, 100, 0, false));
        long second = COMMITTED.getEpochSecond();
        assertThat(facts(new RecorderRow.ColumnsChanged()))
                .containsExactly(said(RecorderState.Phase.MIGRATING, second));
        assertThat(facts(new RecorderRow.ColumnsChanged())).isEmpty();
        assertThat(facts(new RecorderRow.SchemaChanged(54)))
                .containsExactly(said(RecorderState.Phase.RUNNING, 100));
        facts(new RecorderRow.ColumnsChanged());
        assertThat(facts(state(1, "5", 3))).endsWith(said(RecorderState.Phase.RUNNING, 100));
    }

    @Test
    void a_migration_before_a_run_lasts_until_that_run() {
        facts(run(7, 100, 0, false), run(7, 0, 150, false));
        facts(new RecorderRow.ColumnsChanged());
        assertThat(facts(new RecorderRow.SchemaChanged(54))).isEmpty();
        assertThat(facts(run(8, 160, 0, false)))
                .containsExactly(said(RecorderState.Phase.RUNNING, 160));
    }

    @Test
    void a_rename_keeps_the_key_and_a_deleted_name_ends_it() {
        facts(new RecorderRow.NameWritten(KEY, Optional.of("sensor.x")));
        assertThat(facts(new RecorderRow.NameWritten(KEY, Optional.of("sensor.x")))).isEmpty();
        assertThat(facts(new RecorderRow.NameWritten(KEY, Optional.of("sensor.y"))))
                .containsExactly(new Fact.Named(KEY, new PointId("sensor.y")));
        assertThat(facts(new RecorderRow.NameDeleted(KEY)))
                .containsExactly(new Fact.Forgotten(KEY));
        assertThat(catalog.size()).isZero();
    }

    @Test
    void a_stream_that_goes_on_before_the_tables_tells_what_they_know_already() {
        catalog.learnName(new PointKey(1), new PointId("sensor.new"));
        catalog.goBack(
                List.of(
                        new Fact.Named(new PointKey(1), new PointId("sensor.old")),
                        new Fact.Named(new PointKey(2), new PointId("sensor.same"))));
        assertThat(
                        facts(
                                new RecorderRow.NameWritten(
                                        new PointKey(1), Optional.of("sensor.new")),
                                new RecorderRow.NameWritten(
                                        new PointKey(2), Optional.of("sensor.same"))))
                .containsExactly(new Fact.Named(new PointKey(1), new PointId("sensor.new")));
    }

    @Test
    void attributes_that_did_not_come_in_time_are_told_later_once() {
        answers.complete = false;
        facts(new RecorderRow.NameWritten(KEY, Optional.of("sensor.x")));
        Reading bare = reading(facts(state(1, "21.5", 3)).getFirst());
        assertThat(bare.quality()).isEqualTo(Quality.of(Quality.Reason.NO_ATTRIBUTES));
        assertThat(catalog.settle()).isEmpty();
        answers.complete = true;
        answers.attributes = Map.of(3L, "{\"unit_of_measurement\":\"°C\"}");
        List<Fact> late = catalog.settle();
        assertThat(late).hasSize(1);
        Reading whole = ((Fact.Amended) late.getFirst()).reading();
        assertThat(whole.id()).isEqualTo(bare.id());
        assertThat(whole.attributes().unit()).contains("°C");
        assertThat(whole.quality()).isEqualTo(Quality.GOOD);
        assertThat(catalog.settle()).isEmpty();
    }

    @Test
    void a_newer_reading_with_its_attributes_needs_nothing_later() {
        answers.complete = false;
        facts(new RecorderRow.NameWritten(KEY, Optional.of("sensor.x")), state(1, "21.5", 3));
        facts(new RecorderRow.AttributesWritten(4, Attributes.NONE), state(2, "21.6", 4));
        answers.complete = true;
        answers.attributes = Map.of(3L, "{}");
        assertThat(catalog.settle()).isEmpty();
    }
}
