package vigie.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.console.FakeRoom;
import vigie.console.words.RoomZone;
import vigie.plan.ElementId;
import vigie.point.DisplayUnits;
import vigie.text.Words;

import java.util.Locale;
import java.util.Optional;

class UntilTextTest {
    private final FakeRoom room = new FakeRoom();

    @ParameterizedTest
    @CsvSource({
        "hot spot > 35, sensor.hot_aisle_hot_spot > 35",
        "hot spot>35 °C, sensor.hot_aisle_hot_spot > 35",
        "HOT SPOT > 35c, sensor.hot_aisle_hot_spot > 35",
        "a4 inlet top < 18.5, sensor.rack_a4_inlet_top < 18.5",
        "a4 top temperature < −2, sensor.rack_a4_inlet_top < -2",
        "ups charge < 50 %, sensor.ups_battery_charge < 50",
        "cooling unit 1 = stopped, binary_sensor.crac_1_running = off",
        "cooling unit 1 = on, binary_sensor.crac_1_running = on"
    })
    void a_condition_is_written_as_people_say_it(String text, String meant) {
        assertThat(said(read(text, Locale.UK))).isEqualTo(meant);
    }

    @Test
    void a_condition_is_written_in_the_language_of_the_window() {
        assertThat(said(read("climatiseur 1 = à l'arrêt", Locale.FRANCE)))
                .isEqualTo("binary_sensor.crac_1_running = off");
        UntilText.Meaning warm = read("point chaud > 35,5", Locale.FRANCE);
        assertThat(said(warm)).isEqualTo("sensor.hot_aisle_hot_spot > 35.5");
        assertThat(warm.words()).endsWith("> 35,5\u00A0°C");
    }

    @Test
    void a_temperature_is_meant_in_the_unit_of_the_window_or_in_the_one_that_is_written() {
        Locale fahrenheit = DisplayUnits.FAHRENHEIT.in(Locale.UK);
        UntilText.Meaning plain = read("hot spot > 95", fahrenheit);
        assertThat(said(plain)).isEqualTo("sensor.hot_aisle_hot_spot > 35");
        assertThat(plain.words()).endsWith("> 95\u00A0°F");
        assertThat(said(read("hot spot > 35 °C", fahrenheit)))
                .isEqualTo("sensor.hot_aisle_hot_spot > 35");
        assertThat(said(read("hot spot > 95.5f", Locale.UK)))
                .isEqualTo("sensor.hot_aisle_hot_spot > 35.277778");
        assertThat(read("hot spot > 95 %", fahrenheit).words()).endsWith("is told in °F.");
    }

    @Test
    void without_a_place_the_selected_element_is_meant() {
        UntilText.Meaning meaning = read("> 35", Locale.UK, Optional.of(new ElementId("a4")));
        assertThat(said(meaning)).startsWith("sensor.rack_a4_inlet_");
        assertThat(read("> 35", Locale.UK).until()).isEmpty();
    }

    @Test
    void what_is_not_understood_is_told_why() {
        assertThat(read("hot aisle", Locale.UK).words())
                .isEqualTo("Write a place, one of < > =, and a value: hot aisle > 35");
        assertThat(read("hot aisle > warm", Locale.UK).words())
                .isEqualTo("\"warm\" is no number; only = compares words.");
        assertThat(read("cellar > 3", Locale.UK).words())
                .isEqualTo("Nothing on the plan fits \"cellar\".");
        assertThat(read("hot spot > 95 %", Locale.UK).words()).endsWith("is told in °C.");
        assertThat(read("  ", Locale.UK).words()).isEmpty();
    }

    @Test
    void who_writes_too_little_is_told_what_was_taken() {
        UntilText.Meaning meaning = read("a4 > 27", Locale.UK);
        assertThat(meaning.until()).isPresent();
        assertThat(meaning.words()).contains("Rack A4").contains("fit").contains("say more");
    }

    private UntilText.Meaning read(String text, Locale locale) {
        return read(text, locale, Optional.empty());
    }

    private UntilText.Meaning read(String text, Locale locale, Optional<ElementId> selected) {
        return new UntilText(room.plan(), RoomZone.figures(Words.in(locale), room.plan()))
                .read(text, selected);
    }

    private static String said(UntilText.Meaning meaning) {
        return meaning.until()
                .map(until ->
                        "%s %s %s"
                                .formatted(
                                        until.point().name(),
                                        until.comparison().sign(),
                                        until.value()))
                .orElse(meaning.words());
    }
}
