package vigie.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.setup.DatabaseModel.Check;
import vigie.feed.Finding.Grade;
import vigie.store.DatabaseAddress;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.util.Locale;
import java.util.Optional;

class DatabaseModelTest {
    private final ByHand later = new ByHand();
    private final FakeTools tools = new FakeTools();
    private final DatabaseModel model =
            new DatabaseModel(tools.with(later, Runnable::run), Optional.empty());

    @Test
    void half_an_address_is_asked_of_nobody() {
        assertThat(model.checkProperty().get()).isEqualTo(new Check.Waiting());
        model.hostProperty().set("db");
        assertThat(model.checkProperty().get()).isEqualTo(new Check.Waiting());
        model.userProperty().set("vigie");
        model.portProperty().set("70000");
        assertThat(model.checkProperty().get())
                .isEqualTo(new Check.Wrong(Sentence.of("setup.db.port-wrong")));
        later.runAll();
        assertThat(tools.looked).isEmpty();
        assertThat(model.isReady()).isFalse();
    }

    @Test
    void only_what_was_left_alone_for_a_moment_is_looked_at() throws Fault {
        model.hostProperty().set("db");
        model.userProperty().set("vigie");
        model.passwordProperty().set("g");
        model.passwordProperty().set("ge");
        assertThat(later.begun).allSatisfy(one -> assertThat(one.after).isPositive());
        assertThat(model.checkProperty().get()).isEqualTo(new Check.Looking("db:3306"));
        later.runAll();
        assertThat(tools.looked)
                .containsExactly(DatabaseAddress.parse("mariadb://vigie:ge@db/homeassistant"));
        assertThat(model.checkProperty().get())
                .isEqualTo(new Check.Found(FakeTools.found(Grade.OK)));
        assertThat(model.isReady()).isTrue();
    }

    @Test
    void an_answer_that_comes_too_late_is_not_that_of_another_address() {
        model.hostProperty().set("old");
        model.userProperty().set("vigie");
        ByHand.Waiting slow = later.newest();
        model.hostProperty().set("new");
        assertThat(slow.cancelled).isTrue();
        slow.run();
        assertThat(model.checkProperty().get()).isEqualTo(new Check.Looking("new:3306"));
        assertThat(model.isReady()).isFalse();
    }

    @Test
    void what_cannot_serve_is_taken_only_by_somebody_who_insists() {
        tools.grade = Grade.BLOCKED;
        typed();
        later.runAll();
        assertThat(model.isReady()).isFalse();
        model.anywayProperty().set(true);
        assertThat(model.isReady()).isTrue();
        model.portProperty().set("x");
        assertThat(model.isReady()).isFalse();
    }

    @Test
    void what_serves_with_warnings_serves() {
        tools.grade = Grade.WARNING;
        typed();
        later.runAll();
        assertThat(model.isReady()).isTrue();
    }

    @Test
    void a_pasted_address_fills_every_field_and_is_looked_at_once() throws Fault {
        String url = "mysql://noc:p%40ss@10.0.0.7:3307/ha?ssl=verify";
        model.paste(" " + url + "\n");
        assertThat(model.hostProperty().get()).isEqualTo("10.0.0.7");
        assertThat(model.portProperty().get()).isEqualTo("3307");
        assertThat(model.schemaProperty().get()).isEqualTo("ha");
        assertThat(model.userProperty().get()).isEqualTo("noc");
        assertThat(model.passwordProperty().get()).isEqualTo("p@ss");
        assertThat(model.tlsProperty().get()).isEqualTo(new Tls.Verify());
        assertThat(model.address()).contains(DatabaseAddress.parse(url));
        later.runAll();
        assertThat(tools.looked).hasSize(1);
    }

    @Test
    void a_typed_address_comes_into_its_fields_once_it_is_left_alone() throws Fault {
        String url = "mysql://noc:p%40ss@10.0.0.7:3307/ha";
        for (int i = 1; i <= url.length(); i++) {
            model.hostProperty().set(url.substring(0, i));
        }
        assertThat(model.isReady()).isFalse();
        later.runAll();
        assertThat(model.hostProperty().get()).isEqualTo("10.0.0.7");
        assertThat(model.passwordProperty().get()).isEqualTo("p@ss");
        assertThat(model.address()).contains(DatabaseAddress.parse(url));
        later.runAll();
        assertThat(tools.looked).containsExactly(DatabaseAddress.parse(url));
    }

    @Test
    void a_typed_address_comes_into_its_fields_when_the_field_is_left() {
        model.hostProperty().set("mysql://noc:geheim@db/ha");
        model.spread();
        assertThat(model.hostProperty().get()).isEqualTo("db");
        assertThat(model.schemaProperty().get()).isEqualTo("ha");
        model.hostProperty().set("mysql://noc:geheim@");
        model.spread();
        assertThat(model.checkProperty().get()).isInstanceOf(Check.Wrong.class);
    }

    @Test
    void a_pasted_text_that_is_no_address_is_told_without_its_password() {
        model.paste("mysql://noc:ge/heim@db");
        assertThat(model.checkProperty().get())
                .isInstanceOfSatisfying(
                        Check.Wrong.class,
                        wrong ->
                                assertThat(Words.in(Locale.UK).say(wrong.why()))
                                        .doesNotContain("heim"));
        assertThat(model.isReady()).isFalse();
    }

    @Test
    void why_nobody_could_look_is_told() {
        tools.refusal = Optional.of(Sentence.of("store.url.host"));
        typed();
        later.runAll();
        assertThat(model.checkProperty().get())
                .isEqualTo(new Check.Wrong(Sentence.of("store.url.host")));
        tools.breaks = true;
        model.again();
        assertThat(later.newest().after).isZero();
        later.runAll();
        assertThat(model.checkProperty().get())
                .isEqualTo(new Check.Wrong(Sentence.of("setup.check-failed")));
    }

    @Test
    void what_is_settled_already_is_looked_at_as_it_is() throws Fault {
        DatabaseAddress settled = DatabaseAddress.parse("mariadb://a:b@c:1,d:2/e?ssl=require");
        DatabaseModel known =
                new DatabaseModel(tools.with(later, Runnable::run), Optional.of(settled));
        assertThat(known.address()).contains(settled);
        assertThat(known.address().orElseThrow().password()).isEqualTo(Secret.of("b"));
        known.close();
        later.runAll();
        assertThat(tools.looked).isEmpty();
    }

    private void typed() {
        model.hostProperty().set("db");
        model.userProperty().set("vigie");
    }
}
