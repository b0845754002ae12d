package dev.kvasir.cache.grid;

import java.util.concurrent.Callable;

/** Asks a member which nodes are its clients; runs there. */
final class AskClients extends MemberTask implements Callable<ClientNode.Connected> {
  @Override
  public ClientNode.Connected call() {
    return new ClientNode.Connected(desk().clients().all());
  }
}
