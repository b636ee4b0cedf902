package io.walletsync.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://ann:pw@db.example:6543/money      | jdbc:postgresql://db.example:6543/money | ann | pw
          postgres://ann:pw@db.example/money             | jdbc:postgresql://db.example/money | ann | pw
          postgresql://ann@db.example/money              | jdbc:postgresql://db.example/money | ann | ''
          postgresql://ann:@db.example/money             | jdbc:postgresql://db.example/money | ann | ''
          postgresql://ann:a:b@db.example/money          | jdbc:postgresql://db.example/money | ann | a:b
          postgresql://a%40b:p%2Fw%25+%20@db/money       | jdbc:postgresql://db/money | a@b | 'p/w%+ '
          postgresql://ann:pw@[::1]:5432/money           | jdbc:postgresql://[::1]:5432/money | ann | pw
          postgresql://ann:pw@my_db_1:5432/money         | jdbc:postgresql://my_db_1:5432/money | ann | pw
          postgresql://ann:pw@one:5432,two:5433/money    | jdbc:postgresql://one:5432,two:5433/money | ann | pw
          postgresql://ann:pw@db/money?sslmode=require   | jdbc:postgresql://db/money?sslmode=require | ann | pw
          postgresql://ann:pw@db/money?password=x&a=1&user=y&b=2 | jdbc:postgresql://db/money?a=1&b=2 | ann | pw
          jdbc:postgresql://db:5432/money?user=ann&password=pw | jdbc:postgresql://db:5432/money | ann | pw
          jdbc:postgresql://db/money?user=ann            | jdbc:postgresql://db/money | ann | ''
          jdbc:postgresql:money?user=ann&password=pw     | jdbc:postgresql:money | ann | pw
          jdbc:postgresql://db/money?a=1&user=a%40b&sslmode=require&password=p%26+w | jdbc:postgresql://db/money?a=1&sslmode=require | a@b | p&+w
          """)
  void readsBothWaysOfWritingAnAddress(String text, String jdbcUrl, String user, String password) {
    assertThat(DatabaseAddress.parse("IT", text))
        .isEqualTo(new DatabaseAddress(jdbcUrl, user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        "mysql://ann:s3cret@db/money",
        "postgresql://db/money?user=ann&password=s3cret",
        "postgresql://:s3cret@db/money/",
        "postgresql://ann:s3cret@/money",
        "postgresql://ann:s3cret@db",
        "postgresql://ann:s3cret@db/",
        "postgresql://ann:s3cret%zz@db/money",
        "postgresql://ann:s3cret#1@db/money",
        "postgresql://ann:s3cret/1@db/money",
        "postgresql://ann:s3cret?1@db/money",
        "postgresql://ann:s3 cret@db/money",
        "jdbc:mysql://db/money?user=ann&password=s3cret",
        "jdbc:postgresql:",
        "jdbc:postgresql://ann:s3cret@db/money?user=ann",
        "jdbc:postgresql://db/money?password=s3cret",
        "jdbc:postgresql://db/money?user=ann&password=s3cret%zz",
        "jdbc:postgresql://db/money?user=&password=s3cret"
      })
  void refusesAnythingElseWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> DatabaseAddress.parse("WALLETSYNC_DATABASE_URL", text))
        .isInstanceOf(SettingsProblem.class)
        .hasNoCause()
        .hasMessageStartingWith("WALLETSYNC_DATABASE_URL ")
        .hasMessageContaining("postgresql://user:password@host:5432/database")
        .hasMessageNotContaining("s3")
        .hasMessageNotContaining("\n");
  }

  @Test
  void neverShowsAPassword() {
    var address =
        DatabaseAddress.parse(
            "IT", "postgresql://ann:s3cret@db/money?sslmode=require&sslpassword=s3cret-too");

    assertThat(address).hasToString("ann at jdbc:postgresql://db/money");
    assertThat(address.jdbcUrl()).endsWith("?sslmode=require&sslpassword=s3cret-too");
  }
}
