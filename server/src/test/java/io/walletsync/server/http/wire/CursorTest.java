package io.walletsync.server.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.http.problem.InvalidRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final UUID POSITION = UUID.fromString("0199a0b0-0000-7000-8000-000000000001");

  @Test
  void returnsThePositionThatWasPacked() {
    var cursor = Cursor.encode("wallets", POSITION.toString());
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.decodeUuid("wallets", cursor)).isEqualTo(POSITION);
    assertThat(Cursor.decode("a", Cursor.encode("a", ""))).isEmpty();
  }

  @Test
  void noticesEveryChange() {
    var cursor = Cursor.encode("wallets", POSITION.toString());
    for (var i = 0; i < cursor.length(); i++) {
      var changed = new StringBuilder(cursor);
      changed.setCharAt(i, cursor.charAt(i) == 'A' ? 'B' : 'A');
      refused("wallets", changed.toString());
    }
    refused("wallets", cursor.substring(1));
    refused("wallets", cursor + "A");
    refused("wallets", cursor + "==");
    refused("wallets", "");
    refused("wallets", "ä");
  }

  @Test
  void belongsToOneListing() {
    refused("api-keys", Cursor.encode("wallets", POSITION.toString()));
  }

  private static void refused(String listing, String cursor) {
    assertThatThrownBy(() -> Cursor.decode(listing, cursor)).isInstanceOf(InvalidRequest.class);
  }
}
