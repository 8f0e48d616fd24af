package vigie.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.setup.SetupModel.Purpose;
import vigie.console.setup.SetupModel.Step;
import vigie.console.words.Speech;
import vigie.feed.Finding.Grade;
import vigie.setup.Change;
import vigie.setup.Settings;
import vigie.store.DatabaseAddress;
import vigie.store.Secret;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class SetupModelTest {
    private final ByHand later = new ByHand();
    private final FakeTools tools = new FakeTools();
    private final Speech speech = new Speech(Locale.UK);
    private final List<String> told = new ArrayList<>();

    @Test
    void at_the_first_start_each_page_is_opened_by_the_one_before() {
        SetupModel model = first();
        assertThat(model.readyProperty().get()).isFalse();
        model.next();
        model.open(Step.LANGUAGE);
        assertThat(model.stepProperty().get()).isEqualTo(Step.DATABASE);
        typed(model);
        later.runAll();
        model.next();
        assertThat(model.stepProperty().get()).isEqualTo(Step.PLAN);
        assertThat(model.isLast()).isFalse();
        model.next();
        assertThat(model.stepProperty().get()).isEqualTo(Step.LANGUAGE);
        assertThat(model.isLast()).isTrue();
        model.back();
        model.back();
        model.back();
        assertThat(model.stepProperty().get()).isEqualTo(Step.DATABASE);
        model.open(Step.LANGUAGE);
        assertThat(model.stepProperty().get()).isEqualTo(Step.LANGUAGE);
        assertThat(tools.written).isEmpty();
    }

    @Test
    void all_is_written_at_the_end_and_at_once() {
        SetupModel model = first();
        typed(model);
        later.runAll();
        model.next();
        model.plan().choiceProperty().set(PlanModel.Choice.EMPTY);
        model.next();
        speech.speak(Locale.FRENCH);
        model.fahrenheitProperty().set(true);
        model.operatorProperty().set(" Nuit ");
        model.next();
        assertThat(model.busyProperty().get()).isTrue();
        model.next();
        model.leave();
        later.runAll();
        assertThat(told).containsExactly("done");
        assertThat(tools.written)
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.change().keys())
                            .isEqualTo(
                                    Map.of(
                                            "db-url",
                                            Optional.of("mariadb://vigie@db:3306/homeassistant"),
                                            "lang",
                                            Optional.of("fr"),
                                            "units",
                                            Optional.of("fahrenheit"),
                                            "as",
                                            Optional.of("Nuit")));
                    assertThat(order.change().password()).contains(Secret.of("geheim"));
                    assertThat(order.drawn()).isPresent();
                    assertThat(order.language()).isEqualTo(Locale.FRENCH);
                });
    }

    @Test
    void what_could_not_be_written_is_said_and_can_be_tried_again() {
        SetupModel model = first();
        typed(model);
        later.runAll();
        model.next();
        model.next();
        tools.refusal = Optional.of(Sentence.of("setup.no-space", "x"));
        model.next();
        later.runAll();
        assertThat(told).isEmpty();
        assertThat(model.faultProperty().get()).contains(Sentence.of("setup.no-space", "x"));
        assertThat(model.busyProperty().get()).isFalse();
        tools.refusal = Optional.empty();
        model.next();
        later.runAll();
        assertThat(told).containsExactly("done");
    }

    @Test
    void who_leaves_has_written_nothing_and_hears_his_language_again() {
        SetupModel model = first();
        typed(model);
        later.runAll();
        speech.speak(Locale.FRENCH);
        model.leave();
        later.runAll();
        assertThat(told).containsExactly("left");
        assertThat(tools.written).isEmpty();
        assertThat(speech.words().language()).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void later_only_what_is_otherwise_is_written() throws Fault {
        Settings settled = settled();
        SetupModel model = model(Purpose.CHANGE, settled);
        assertThat(model.readyProperty().get()).isFalse();
        assertThat(model.change()).isEqualTo(Change.NONE);
        // The database that is settled need not serve for something else to be changed.
        tools.grade = Grade.BLOCKED;
        later.runAll();
        model.open(Step.LANGUAGE);
        model.fahrenheitProperty().set(true);
        assertThat(model.readyProperty().get()).isTrue();
        model.next();
        later.runAll();
        assertThat(tools.written)
                .singleElement()
                .satisfies(order ->
                        assertThat(order.change()).isEqualTo(Change.NONE.fahrenheit(true)));
    }

    @Test
    void another_database_must_serve_before_it_is_written() throws Fault {
        SetupModel model = model(Purpose.CHANGE, settled());
        model.database().hostProperty().set("other");
        assertThat(model.readyProperty().get()).isFalse();
        tools.grade = Grade.BLOCKED;
        later.runAll();
        assertThat(model.readyProperty().get()).isFalse();
        model.database().hostProperty().set("better");
        tools.grade = Grade.OK;
        later.runAll();
        assertThat(model.readyProperty().get()).isTrue();
        assertThat(model.change().keys()).containsOnlyKeys("db-url");
    }

    @Test
    void a_change_taken_back_is_none() throws Fault {
        SetupModel model = model(Purpose.CHANGE, settled());
        model.operatorProperty().set("Me");
        assertThat(model.readyProperty().get()).isTrue();
        model.operatorProperty().set("Day");
        assertThat(model.readyProperty().get()).isFalse();
        speech.speak(Locale.FRENCH);
        assertThat(model.change()).isEqualTo(Change.NONE.language(Locale.FRENCH));
        speech.speak(Locale.ENGLISH);
        assertThat(model.change().isNone()).isTrue();
    }

    @Test
    void a_name_too_long_for_a_note_is_refused() throws Fault {
        SetupModel model = model(Purpose.CHANGE, settled());
        model.operatorProperty().set("x".repeat(65));
        assertThat(model.faultProperty().get())
                .contains(Sentence.of("setup.operator-long", 65, 64));
        assertThat(model.readyProperty().get()).isFalse();
    }

    private static Settings settled() throws Fault {
        return new Settings(
                Optional.of(DatabaseAddress.parse("mariadb://u:p@h/s")),
                Optional.empty(),
                Locale.ENGLISH,
                false,
                "Day");
    }

    private SetupModel first() {
        return model(
                Purpose.FIRST,
                new Settings(Optional.empty(), Optional.empty(), Locale.ENGLISH, false, ""));
    }

    private SetupModel model(Purpose purpose, Settings settings) {
        return new SetupModel(
                speech,
                purpose,
                settings,
                tools.with(later, Runnable::run),
                _ -> told.add("done"),
                () -> told.add("left"));
    }

    private static void typed(SetupModel model) {
        model.database().hostProperty().set("db");
        model.database().userProperty().set("vigie");
        model.database().passwordProperty().set("geheim");
    }
}
