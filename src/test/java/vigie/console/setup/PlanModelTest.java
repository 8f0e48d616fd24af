package vigie.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.console.setup.PlanModel.Choice;
import vigie.plan.EmptyRoom;
import vigie.plan.PlanWriter;
import vigie.setup.Change;
import vigie.store.DatabaseAddress;
import vigie.text.Sentence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

class PlanModelTest {
    private final ByHand later = new ByHand();
    private final FakeTools tools = new FakeTools();
    private final PlanModel model =
            new PlanModel(tools.with(later, Runnable::run), Optional.empty());

    @Test
    void the_reference_room_is_there_at_once_and_named_by_nothing() {
        assertThat(model.isReady()).isTrue();
        assertThat(model.drawn()).isEmpty();
        assertThat(model.applyTo(Change.NONE).keys()).containsEntry("plan", Optional.empty());
    }

    @Test
    void a_file_is_read_and_what_is_wrong_with_it_is_one_sentence(@TempDir Path folder)
            throws Exception {
        model.choiceProperty().set(Choice.FILE);
        assertThat(model.isReady()).isFalse();
        model.fileProperty().set(folder.resolve("none.json").toString());
        later.runAll();
        assertThat(model.faultProperty().get()).isPresent();
        assertThat(model.isReady()).isFalse();
        Path file =
                Files.write(
                        folder.resolve("room.json"),
                        PlanWriter.write(EmptyRoom.of(7, 5, ZoneId.of("Europe/Paris"))));
        model.fileProperty().set(file.toString());
        assertThat(model.faultProperty().get()).isEmpty();
        later.runAll();
        assertThat(model.isReady()).isTrue();
        assertThat(model.applyTo(Change.NONE).keys())
                .containsEntry("plan", Optional.of(file.toString()));
    }

    @Test
    void a_file_read_too_late_is_not_the_plan_any_more(@TempDir Path folder) {
        model.choiceProperty().set(Choice.FILE);
        model.fileProperty().set(folder.resolve("none.json").toString());
        ByHand.Waiting slow = later.newest();
        model.choiceProperty().set(Choice.REFERENCE);
        slow.run();
        assertThat(model.isReady()).isTrue();
        assertThat(model.faultProperty().get()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"12|8|true", "12,5|8.25|true", "0|8|false", "12|501|false", "wide|8|false"})
    void an_empty_room_has_a_possible_size(String width, String depth, boolean possible) {
        model.choiceProperty().set(Choice.EMPTY);
        model.widthProperty().set(width);
        model.depthProperty().set(depth);
        assertThat(model.isReady()).isEqualTo(possible);
        assertThat(model.drawn().isPresent()).isEqualTo(possible);
        assertThat(model.faultProperty().get().map(Sentence::key))
                .isEqualTo(possible ? Optional.empty() : Optional.of("setup.room-size"));
    }

    @Test
    void what_the_database_holds_is_read_over_and_over_while_the_page_is_open() throws Exception {
        DatabaseAddress address = DatabaseAddress.parse("mariadb://u:p@h/s");
        model.watch(Optional.of(address));
        later.runAll();
        assertThat(model.liveProperty().get()).isPresent();
        assertThat(later.newest().after).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        later.runAll();
        assertThat(tools.read).hasSize(2);
        tools.refusal = Optional.of(Sentence.of("store.url.host"));
        later.runAll();
        assertThat(model.liveProperty().get()).isEmpty();
        assertThat(model.liveFaultProperty().get()).contains(Sentence.of("store.url.host"));
        model.rest();
        later.runAll();
        assertThat(tools.read).hasSize(3);
    }
}
