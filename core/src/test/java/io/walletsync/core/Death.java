package io.walletsync.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The death of a process at one of the points where it can die: before and after each call. */
public final class Death {
  private final int point;
  private int points;
  private boolean came;

  public Death(int point) {
    this.point = point;
  }

  /** What is thrown through everything, as by no work of its own. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** The same port, at each call of which the process may die. */
  public <T> T around(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              dieIfItIsTime();
              try {
                var result = method.invoke(real, arguments);
                dieIfItIsTime();
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void dieIfItIsTime() {
    if (++points == point) {
      came = true;
      throw new Killed();
    }
  }

  public int point() {
    return point;
  }

  public boolean came() {
    return came;
  }

  /** How many points were passed. */
  public int points() {
    return points;
  }
}
