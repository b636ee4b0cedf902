package io.walletsync.server.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999", "0.1E+99999999999"})
  void anExponentThatNoNumberBearsIsUnreadableWhereverItStands(String number) {
    for (var text : new String[] {"{\"n\":%s}", "{\"deep\":[{\"n\":%s}]}"}) {
      assertThatThrownBy(() -> StrictJson.object(text.formatted(number).getBytes(UTF_8)))
          .isInstanceOf(UnreadableReply.class);
    }
  }
}
