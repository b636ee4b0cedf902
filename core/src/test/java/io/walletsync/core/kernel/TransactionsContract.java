package io.walletsync.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Transactions} keeps: all of the work or none of it. */
public interface TransactionsContract extends RegistryPorts {
  @Test
  default void keepsTheWorkAndReturnsItsResult() {
    var wallet = Examples.wallet(connected());

    var result = transactions().inTransaction(() -> wallets().addOrLock(wallet));

    assertThat(result).isEqualTo(wallet);
    assertThat(isKept(wallet)).isTrue();
  }

  @Test
  default void workSeesWhatItWroteItself() {
    var wallet = Examples.wallet(connected());

    var found =
        transactions()
            .inTransaction(
                () -> {
                  wallets().addOrLock(wallet);
                  return wallets().find(wallet.id(), Visibility.ALL);
                });

    assertThat(found).contains(wallet);
  }

  @Test
  default void anExceptionUndoesEverythingAndReachesTheCaller() {
    var connection = Examples.connection();
    var credentials = Examples.credentials();
    var wallet = Examples.wallet(connection);
    var failure = new IllegalStateException("on purpose");

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          connections().add(connection, credentials, credentials.get("secret_key"));
                          wallets().addOrLock(wallet);
                          throw failure;
                        }))
        .isSameAs(failure);

    assertThat(connections().find(connection.id(), Visibility.ALL)).isEmpty();
    assertThat(isKept(wallet)).isFalse();
  }

  @Test
  default void anErrorUndoesEverythingToo() {
    var wallet = Examples.wallet(connected());
    var failure = new AssertionError("on purpose");

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          wallets().addOrLock(wallet);
                          throw failure;
                        }))
        .isSameAs(failure);

    assertThat(isKept(wallet)).isFalse();
  }

  @Test
  default void workInsideWorkSharesItsFate() {
    var connection = connected();
    var inner = Examples.wallet(connection, "inner", Examples.NGN);
    var failure = new IllegalStateException("on purpose");

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          transactions().inTransaction(() -> wallets().addOrLock(inner));
                          throw failure;
                        }))
        .isSameAs(failure);

    assertThat(isKept(inner)).isFalse();
  }

  @Test
  default void workInsideWorkIsKeptWithIt() {
    var connection = connected();
    var outer = Examples.wallet(connection, "outer", Examples.NGN);
    var inner = Examples.wallet(connection, "inner", Examples.NGN);

    transactions()
        .inTransaction(
            () -> {
              wallets().addOrLock(outer);
              return transactions().inTransaction(() -> wallets().addOrLock(inner));
            });

    assertThat(isKept(outer)).isTrue();
    assertThat(isKept(inner)).isTrue();
  }

  @Test
  default void aFailedTransactionLeavesNothingBehindForTheNextOne() {
    var wallet = registered();
    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          wallets().update(wallet.closed(wallet.updatedAt()));
                          throw new IllegalStateException("on purpose");
                        }))
        .isInstanceOf(IllegalStateException.class);

    var next = transactions().inTransaction(() -> wallets().lock(wallet.id(), Visibility.ALL));

    assertThat(next).contains(wallet);
  }

  @Test
  default void transactionsOfManyThreadsDoNotMix() {
    var connection = connected();

    var kept =
        Concurrently.call(
            8,
            number -> {
              var wallet = Examples.wallet(connection, "account-" + number, Examples.NGN);
              try {
                transactions()
                    .inTransaction(
                        () -> {
                          wallets().addOrLock(wallet);
                          if (number % 2 == 1) {
                            throw new IllegalStateException("on purpose");
                          }
                          return wallet;
                        });
              } catch (IllegalStateException e) {
                assertThat(e).hasMessage("on purpose");
              }
              return isKept(wallet);
            });

    assertThat(kept).containsExactly(true, false, true, false, true, false, true, false);
  }

  private boolean isKept(Wallet wallet) {
    Optional<Wallet> found = wallets().find(wallet.id(), Visibility.ALL);
    return found.isPresent();
  }
}
