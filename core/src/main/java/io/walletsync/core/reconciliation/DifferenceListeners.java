package io.walletsync.core.reconciliation;

import java.util.List;

/** Tells everybody who listens, if there is something to tell. */
final class DifferenceListeners {
  private final List<DifferenceListener> listeners;

  DifferenceListeners(List<DifferenceListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void begun(List<Reconciliation> open) {
    if (!open.isEmpty()) {
      listeners.forEach(listener -> listener.onBegun(open));
    }
  }

  void ended(List<Reconciliation> settled) {
    if (!settled.isEmpty()) {
      listeners.forEach(listener -> listener.onEnded(settled));
    }
  }
}
