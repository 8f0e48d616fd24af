package vigie.feed;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.store.testing.ServerVersion;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tests of rows of the fault table, each named {@code row_NN_…}, run against each version of the
 * server. The class has a {@code Parameter} of type {@link ServerVersion} and starts its servers
 * once for all its tests, before the invocation of the class, which gets the version too.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(ServerVersion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(FaultTable.class)
@interface FaultRows {}
