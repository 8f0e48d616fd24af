package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

class PlanReaderTest {
    private static final String ROOM =
            "{'id':'room','zone':'Europe/Brussels','outline':[[0,0],[9,0],[9,6],[0,6]]}";
    private static final String RACK =
            "{'id':'a1','row':'A','x':1,'y':1,'width':0.6,'depth':1.1,'facing':'north','height':2}";
    private static final String SENSOR =
            "{'id':'s1','role':'inlet','at':[1.3,0.9],'height':1.5,'of':'a1'}";
    private static final String PLACEMENT =
            "{'point':'sensor.a','sensor':'s1','quantity':'temperature'}";

    @Test
    void a_small_plan_is_read() throws Fault {
        Plan plan = read(plan(""));
        assertThat(plan.elements())
                .extracting(element -> element.id().value())
                .containsExactly("room", "a1", "s1");
        assertThat(plan.placements()).hasSize(1);
        assertThat(plan.label().in(Locale.FRENCH)).isEqualTo("Essai");
        assertThat(plan.element(new ElementId("a1")).orElseThrow().label())
                .isEqualTo(Label.of("a1"));
    }

    @Test
    void a_byte_order_mark_is_passed_over() throws Fault {
        assertThat(read("\uFEFF" + plan(""))).isEqualTo(read(plan("")));
    }

    /** Each case replaces one text of the small plan; the sentence must contain the last column. */
    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'version':1            | 'version':2            | at /version: it was made by a newer Vigie (version 2
                    'version':1            | 'version':1.5          | at /version: a whole number from 1 to 1
                    'version':1            | 'version':'1'          | at /version: a whole number from 1 to 1
                    vigie-plan             | grafana                | at /format: “vigie-plan” was expected
                    'sensors':             | 'sensor':              | at /sensor: no such field is known; perhaps “sensors”
                    'sensors':             | 'zzzzzzzzz':           | at /zzzzzzzzz: no such field is known; known are format, version
                    'row':'A'              | 'colour':'red'         | at /racks/0/colour: no such field is known; known are id, name, row
                    'row':'A'              | 'row':''               | at /racks/0/row: a text of 1 to 64 characters
                    'row':'A'              | 'row':7                | at /racks/0/row: a text was expected, not a number
                    'row':'A',             | ''                     | at /racks/0: the field “row” is missing
                    'facing':'north'       | 'facing':'up'          | at /racks/0/facing: “up” is not known; known are north, east, south, west
                    'x':1                  | 'x':1e400              | at /racks/0/x: a number from 0 to 500 was expected, not one beyond all bounds
                    'x':1                  | 'x':NaN                | it is not JSON from line 1, column
                    'x':1                  | 'x':-1                 | at /racks/0/x: a number from 0 to 500 was expected, not -1
                    'x':1                  | 'x':'1'                | at /racks/0/x: a number was expected, not a text
                    'x':1                  | 'x':null               | at /racks/0/x: a number was expected, not nothing
                    'x':1                  | 'x':1,'x':2            | at /racks/0/x: the field “x” is there twice
                    'width':0.6            | 'width':0              | at /racks/0/width: a number from 0.2 to 3 was expected, not 0
                    'width':0.6            | 'width':600            | at /racks/0/width: a number from 0.2 to 3 was expected, not 600
                    'height':2             | 'height':-2            | at /racks/0/height: a number from 0.2 to 5
                    [9,0],[9,6],[0,6]      | [9,0]                  | at /rooms/0/outline: an outline of at least three corners
                    [9,0],[9,6],[0,6]      | [9,0],[4,0]            | at /rooms/0/outline: an outline of at least three corners
                    [9,0],[9,6],[0,6]      | [9000,0],[9,6]         | at /rooms/0/outline/1/0: a number from 0 to 500 was expected, not 9000
                    [9,0],[9,6],[0,6]      | [9],[9,6]              | at /rooms/0/outline/1: a place as a list of two numbers
                    Europe/Brussels        | Europe/Brusels         | at /rooms/0/zone: “Europe/Brusels” is not a time zone; perhaps “Europe/Brussels” was meant
                    Europe/Brussels        | +01:00                 | at /rooms/0/zone: “+01:00” is not a time zone such as
                    'id':'s1'              | 'id':'a1'              | at /sensors/0/id: the id “a1” is already taken at /racks/0
                    'role':'inlet'         | 'role':'intake'        | at /sensors/0/role: “intake” is not known; known are inlet, hot-spot, room
                    'of':'a1'              | 'of':'a11'             | at /sensors/0/of: there is no “a11” in the plan; perhaps “a1” was meant
                    'of':'a1'              | 'of':'s1'              | at /sensors/0/of: “s1” cannot have sensors
                    'sensor':'s1'          | 'sensor':'a1'          | at /placements/0/sensor: “a1” is not a sensor
                    'sensor':'s1'          | 'sensor':'kitchen'     | at /placements/0/sensor: there is no “kitchen” in the plan.
                    'quantity':'temperature'}| 'quantity':'warmth'} | at /placements/0/quantity: “warmth” is not known; known are temperature, humidity
                    'temperature'}         | 'temperature','from':'2026-01-01'}            | at /placements/0/from: a time with its offset such as
                    'temperature'}         | 'temperature','from':'2026-02-30T00:00:00Z'}   | at /placements/0/from: a time with its offset such as
                    'temperature'}         | 'temperature','from':'2026-01-02T00:00:00Z','to':'2026-01-01T00:00:00Z'} | at /placements/0/to: a time after “from” was expected
                    {'en':'Trial','fr':'Essai'} | {'en':'Trial','french':'Essai'} | at /name/french: “french” is not a language
                    {'en':'Trial','fr':'Essai'} | {}                | at /name: a name, or names by language, was expected, not an object
                    {'en':'Trial','fr':'Essai'} | 12                | at /name: a name, or names by language, was expected, not a number
                    """)
    void a_wrong_plan_is_told_by_file_place_and_expectation(
            String right, String wrong, String sentence) {
        String text = plan("");
        assertThat(text).contains(right);
        String changed = text.replace(right, wrong.equals("''") ? "" : wrong);
        assertThat(refusal(changed))
                .startsWith("The plan trial.json cannot be used")
                .contains(sentence);
    }

    /** Each case is one entry of the limits. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'role':'inlet','quantity':'temperature','lowAlarm':20,'highWarning':10} | at /limits/0/highWarning: “highWarning” must not be below “lowAlarm”
                    {'role':'inlet','quantity':'temperature','highWarning':30,'highAlarm':20} | at /limits/0/highAlarm: “highAlarm” must not be below “highWarning”
                    {'role':'inlet','quantity':'temperature','unit':'W','highAlarm':20}      | at /limits/0/unit: “W” is not a unit of temperature; expected is “°C”
                    {'role':'inlet','quantity':'temperature','normal':'on'}                  | at /limits/0/normal: “normal” is not for the quantity temperature
                    {'role':'leak','quantity':'leak','highAlarm':1}                          | at /limits/0/highAlarm: “highAlarm” is not for the quantity leak
                    {'role':'leak','quantity':'leak','normal':'dry','otherwise':'alarm'}     | at /limits/0/normal: “dry” is not known; known are on, off
                    {'role':'leak','quantity':'leak','normal':'off'}                         | at /limits/0: the field “otherwise” is missing
                    {'role':'leak','quantity':'leak','normal':'off','otherwise':'panic'}     | at /limits/0/otherwise: “panic” is not known; known are none, warning, alarm
                    {'role':'inlet','quantity':'temperature','place':'a9','highAlarm':20}    | at /limits/0/place: there is no “a9” in the plan
                    {'role':'inlet','quantity':'temperature','highAlarm':1e400}              | at /limits/0/highAlarm: a number from -1000000000 to
                    {'role':'inlet','quantity':'temperature'},{'role':'inlet','quantity':'temperature','from':'2026-01-01T00:00:00Z'} | at /limits/1: limits of the same role, quantity and place already hold at /limits/0
                    """)
    void wrong_limits_are_told(String limits, String sentence) {
        assertThat(refusal(plan(",'limits':[" + limits + "]"))).contains(sentence);
    }

    @Test
    void a_point_is_bound_twice_only_at_different_times() throws Fault {
        String first =
                "{'point':'sensor.a','sensor':'s1','quantity':'temperature',"
                        + "'to':'2026-01-01T00:00:00+01:00'}";
        String later =
                "{'point':'sensor.a','sensor':'s1','quantity':'humidity',"
                        + "'from':'2025-12-31T23:00:00Z'}";
        assertThat(read(plan("").replace(PLACEMENT, later + "," + first)).placements()).hasSize(2);

        String tooEarly = later.replace("23:00:00Z", "22:59:59Z");
        assertThat(refusal(plan("").replace(PLACEMENT, tooEarly + "," + first)))
                .contains(
                        "at /placements/0: the point “sensor.a” is already bound at /placements/1");

        String another = PLACEMENT.replace("sensor.a", "sensor.b");
        assertThat(refusal(plan("").replace(PLACEMENT, PLACEMENT + "," + another)))
                .contains("at /placements/1: the sensor “s1” already has its temperature");
    }

    @Test
    void the_first_of_several_faults_is_told_with_the_number_of_the_others() {
        String twice =
                plan("").replace("'width':0.6", "'width':0")
                        .replace("'role':'inlet'", "'role':'x'");
        assertThat(refusal(twice)).contains("at /racks/0/width").endsWith("(and one more fault).");
        assertThat(refusal(twice.replace("'sensor':'s1'", "'sensor':1")))
                .endsWith("(and 2 more faults).");
    }

    @Test
    void a_file_that_is_wrong_everywhere_is_refused_quickly() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("{'point':'sensor.p")
                    .append(i)
                    .append("','sensor':'rack-number-")
                    .append(i)
                    .append("','quantity':'temperature'}");
        }
        assertThat(refusal(plan("").replace(PLACEMENT, many)))
                .contains("at /placements/0/sensor: there is no “rack-number-0”")
                .endsWith("(and many more faults).");
        String rooms = ROOM.replace("room", "r").replace("Brussels", "Bruxelles");
        assertThat(refusal(plan("").replace(ROOM, (rooms + ",").repeat(4_999) + rooms)))
                .contains("at /rooms/0/zone")
                .endsWith("(and many more faults).");
    }

    @Test
    void what_is_not_a_plan_at_all_is_told() {
        assertThat(refusal(""))
                .isEqualTo(
                        "The plan trial.json cannot be used: the file is empty, a plan in JSON was expected.");
        assertThat(refusal(" \n")).contains("the file is empty");
        assertThat(refusal("[]")).contains("an object was expected, not a list");
        assertThat(refusal("null")).contains("an object was expected, not nothing");
        assertThat(refusal("{\n  'format': oops\n}")).contains("not JSON from line 2, column ");
        assertThat(refusal(plan("") + "{}")).contains("something follows in line 1");
        assertThat(refusal(plan("").substring(0, 200))).contains("not JSON from line 1, column ");
        assertThat(refusal("[".repeat(100_000))).contains("nested so deeply");
        assertThat(refusal("{'a':".repeat(30))).contains("/a/a/a").contains("nested so deeply");
        assertThat(refusal("{'format':'vigie-plan','version':1}")).contains("at least one room");
        assertThat(refusal("{'format':'vigie-plan','version':1,'rooms':[]}"))
                .contains("at /rooms: at least one room");
    }

    @Test
    void another_encoding_is_told() {
        byte[] latin = "{\"name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = plan("").getBytes(StandardCharsets.UTF_16);
        for (byte[] bytes : new byte[][] {latin, wide}) {
            Fault fault =
                    catchThrowableOfType(Fault.class, () -> PlanReader.read(bytes, "trial.json"));
            assertThat(fault.getMessage()).contains("not in UTF-8");
        }
    }

    @Test
    void too_many_elements_are_refused() {
        String many = (PLACEMENT + ",").repeat(20_000) + PLACEMENT;
        assertThat(refusal(plan("").replace(PLACEMENT, many)))
                .contains("at /placements: at most 20,000 are possible, not 20,001");
    }

    @Test
    void the_example_in_the_page_of_the_format_is_a_plan() throws Fault, IOException {
        String page = Files.readString(Path.of("docs/plan-format.md"));
        String example = page.substring(page.indexOf("```json") + 7);
        example = example.substring(0, example.indexOf("```"));
        Plan plan = PlanReader.read(example.getBytes(StandardCharsets.UTF_8), "example");
        assertThat(Element.class.getPermittedSubclasses())
                .allSatisfy(kind -> assertThat(plan.elements()).hasAtLeastOneElementOfType(kind));
        assertThat(PlanReader.read(PlanWriter.write(plan), "written")).isEqualTo(plan);
    }

    @Test
    void every_word_of_the_format_is_in_its_page() throws IOException {
        String page = Files.readString(Path.of("docs/plan-format.md"));
        assertThat(SensorRole.values())
                .allSatisfy(role -> assertThat(page).contains("`" + role.word() + "`"));
        assertThat(Quantity.values())
                .allSatisfy(quantity -> assertThat(page).contains("`" + quantity.word() + "`"));
    }

    @Test
    void a_hostile_field_name_stays_inside_its_pointer() {
        assertThat(refusal(plan(",'a/b~c':1"))).contains("at /a~1b~0c: no such field");
    }

    private static String plan(String more) {
        return "{'format':'vigie-plan','version':1,'name':{'en':'Trial','fr':'Essai'},'rooms':["
                + ROOM
                + "],'racks':["
                + RACK
                + "],'sensors':["
                + SENSOR
                + "],'placements':["
                + PLACEMENT
                + "]"
                + more
                + "}";
    }

    private static Plan read(String text) throws Fault {
        return PlanReader.read(
                text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "trial.json");
    }

    /** The English sentence; the French one must exist too. */
    private static String refusal(String text) {
        Fault fault = catchThrowableOfType(Fault.class, () -> read(text));
        assertThat(fault).as(text.length() < 2_000 ? text : "a long text").isNotNull();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
        assertThat(Words.in(Locale.FRENCH).say(fault.sentence())).startsWith("Le plan trial.json");
        return Words.in(Locale.ENGLISH).say(fault.sentence());
    }
}
