package io.walletsync.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The provider stub alone: what a call costs that the server has to make. */
record StubStep(StubProcess stub) implements Step {
  @Override
  public String name() {
    return "stub";
  }

  @Override
  public String title() {
    return "provider stub, called directly";
  }

  @Override
  public Prepared prepare(int connections, int perClient) throws IOException {
    var clients = new ArrayList<Client>();
    for (var i = 0; i < connections; i++) {
      clients.add(new HttpClientWork(stub.port(), calls(), false));
    }
    return new Called(stub, clients, stub.calls());
  }

  private static Iterator<byte[]> calls() {
    var call = StubProcess.get("/v3/balances/NGN");
    return Stream.generate(() -> call).iterator();
  }

  private record Called(StubProcess stub, List<Client> clients, long before)
      implements Step.Prepared {
    @Override
    public List<String> flaws(long operations) throws IOException {
      return Flaws.none().unless("calls answered", operations, stub.calls() - before).found();
    }
  }
}
