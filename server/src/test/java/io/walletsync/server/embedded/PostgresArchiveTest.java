package io.walletsync.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresArchiveTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64",
    "Linux, aarch64",
    "Mac OS X, x86_64",
    "Mac OS X, aarch64",
  })
  void bringsTheStatedVersionForEveryMachineWeSupport(String system, String architecture) {
    var archive = PostgresArchive.forMachine(system, architecture);
    assertThat(PostgresArchive.class.getResource(archive.resource()))
        .asString()
        .contains("-" + PostgresArchive.VERSION + ".jar!");
  }

  @ParameterizedTest
  @CsvSource({"Windows 11, amd64", "Linux, riscv64"})
  void namesTheWayOutOnOtherMachines(String system, String architecture) {
    assertThatThrownBy(() -> PostgresArchive.forMachine(system, architecture))
        .isInstanceOf(EmbeddedPostgresProblem.class)
        .hasMessage(
            """
            WalletSync brings no PostgreSQL for %s on %s; \
            set WALLETSYNC_DATABASE_URL to a PostgreSQL 15 or newer."""
                .formatted(system, architecture));
  }

  @Test
  void unpacksAgainWhatIsDamagedAndLeavesTheRestAlone() throws IOException {
    var directory = DataDirectory.open(temporary);
    Files.createDirectories(directory.binaries().resolve("bin"));
    Files.writeString(directory.binaries().resolve("bin/postgres"), "half a prog");
    var binaries = PostgresBinaries.unpacked(PostgresArchive.forThisMachine(), directory);
    assertThat(binaries.program("postgres")).isExecutable();
    var unpacked = Files.getLastModifiedTime(binaries.program("postgres"));
    PostgresBinaries.unpacked(PostgresArchive.forThisMachine(), directory);
    assertThat(Files.getLastModifiedTime(binaries.program("postgres"))).isEqualTo(unpacked);
    try (var left = Files.list(temporary)) {
      assertThat(left).containsExactly(directory.binaries());
    }
  }
}
