package io.walletsync.core.access;

import io.walletsync.core.kernel.InvalidValue;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The scopes of an API key, in a fixed order; never none. */
public record Scopes(Set<Scope> all) {
  public static final Scopes EVERY = new Scopes(EnumSet.allOf(Scope.class));

  public Scopes {
    if (all.isEmpty()) {
      throw new InvalidValue("must name at least one scope");
    }
    all = Collections.unmodifiableSet(EnumSet.copyOf(all));
  }

  public static Scopes of(Scope first, Scope... others) {
    return new Scopes(EnumSet.of(first, others));
  }

  public static Scopes ofCodes(Collection<String> codes) {
    var scopes = EnumSet.noneOf(Scope.class);
    codes.forEach(code -> scopes.add(Scope.of(code)));
    return new Scopes(scopes);
  }

  public boolean cover(Scope required) {
    return all.stream().anyMatch(scope -> scope.covers(required));
  }

  public boolean cover(Scopes required) {
    return required.all.stream().allMatch(this::cover);
  }

  public List<String> codes() {
    return all.stream().map(Scope::code).toList();
  }
}
