package dev.kvasir.bench.serve;

import dev.kvasir.bench.report.Measurements;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;

/** A workload on one endpoint or several: times, throughput, and how much came from a cache. */
public final class ServeBench {
  /**
   * What is done to whom.
   *
   * @param urls base addresses; conversations take turns among them
   * @param key bearer token; empty for none
   * @param model empty for the first of the endpoint's
   * @param workload its name
   * @param system what the figures call the endpoint
   * @param load how much, and how
   */
  public record Choice(
      List<URI> urls, String key, String model, String workload, String system, Load load) {
    public Choice {
      urls = List.copyOf(urls);
    }
  }

  /**
   * How much load.
   *
   * @param rate requests a second at random times (open loop); 0 for none
   * @param concurrency requests at a time (closed loop); 0 for none. With neither, the workload's
   *     own
   */
  public record Load(Amount amount, double rate, int concurrency, long seed) {
    public Load {
      if (rate > 0 && concurrency > 0) {
        throw new IllegalArgumentException(
            "requests come by --rate or by --concurrency, but both are given");
      }
    }
  }

  private final Choice choice;
  private final Workload workload;
  private final List<Turn> turns;
  private final PrintStream out;

  /**
   * Checks the choice.
   *
   * @throws IllegalArgumentException if there is no such workload, or not in that amount
   */
  public ServeBench(Choice choice, PrintStream out) {
    this.choice = choice;
    this.workload = Labels.find(List.of(Workload.values()), "workload", choice.workload());
    this.turns = Plan.of(workload, choice.load().amount()).turns(choice.load().seed());
    this.out = out;
  }

  /**
   * Sends the workload, prints the tables and gives the figures.
   *
   * @throws IOException if an endpoint does not tell its models
   */
  public Measurements run() throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      HttpClient client =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
      List<ChatEndpoint> endpoints = new ArrayList<>();
      choice.urls().forEach(url -> endpoints.add(new ChatEndpoint(client, url, choice.key())));
      String model = choice.model().isEmpty() ? endpoints.get(0).firstModel() : choice.model();
      List<Answer> answers = send(endpoints, model, threads);
      Measurements measurements =
          new ServeReport(workload.label(), choice.system(), answers).print(out);
      measurements.note("model", model);
      return measurements;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Answer> send(List<ChatEndpoint> endpoints, String model, ExecutorService threads) {
    Load load = choice.load();
    boolean own = load.rate() == 0 && load.concurrency() == 0;
    double rate = own ? workload.rate() : load.rate();
    int concurrency = own ? workload.concurrency() : load.concurrency();
    long start = System.nanoTime();
    DoubleSupplier clock = () -> (System.nanoTime() - start) / 1e9;
    LoadDriver driver =
        new LoadDriver(
            (turn, messages, due) ->
                endpoints
                    .get(turn.conversation() % endpoints.size())
                    .ask(model, turn, messages, due, clock),
            threads,
            clock);
    out.printf(
        "%s: %d requests to %s, %s, seed %d%n",
        workload.label(),
        turns.size(),
        model,
        rate > 0 ? rate + " a second (Poisson)" : concurrency + " at a time",
        load.seed());
    return rate > 0
        ? driver.runOpen(turns, Arrivals.poisson(turns.size(), rate, new Random(load.seed())))
        : driver.runClosed(turns, concurrency);
  }
}
