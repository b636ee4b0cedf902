package io.walletsync.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Matters where tests run as root on Linux, as they do in many containers. */
final class RunAsTest {
  private static final int NOBODY = 65534;

  @TempDir private Path temporary;

  @BeforeEach
  void onlyAsRootOnLinux() {
    assumeTrue(new UnixSystem().getUid() == 0 && Files.exists(Path.of("/proc/self")));
  }

  @Test
  void runsAsAnotherUserWhereThatUserOwnsTheDirectory() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    var directory = DataDirectory.open(temporary.resolve("data"));
    RunAs.nobody(directory);
    for (var start = 0; start < 2; start++) {
      try (var postgres = EmbeddedPostgres.start(directory.path())) {
        assertThat(postgres.jdbcUrl()).isNotEmpty();
        assertThat(TestDirectory.postmasters(directory)).hasSize(1);
      }
      assertThat(Files.getAttribute(directory.cluster(), "unix:uid")).isEqualTo(NOBODY);
      assertThat(Files.getAttribute(directory.passwords(), "unix:uid")).isEqualTo(0);
    }
  }

  @Test
  void saysSoWhereNoOtherUserReachesTheDirectory() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
    var directory = DataDirectory.open(temporary.resolve("data"));
    assertThatThrownBy(() -> RunAs.nobody(directory))
        .isInstanceOf(EmbeddedPostgresProblem.class)
        .hasMessageStartingWith("PostgreSQL does not run as root")
        .hasMessageContaining(directory.path().toString());
    assertThat(Files.getAttribute(directory.path(), "unix:uid")).isEqualTo(0);
  }
}
