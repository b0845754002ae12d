package dev.kvasir.bench.engine;

import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A system that answers any prompt with its last token, over and over, and takes told times. */
final class TestingContender implements Judge {
  private final String name;
  private final List<String> calls;
  private final List<Double> millis = new ArrayList<>();
  private Optional<String> answersAs = Optional.empty();
  private double gap;

  /** Writes its name and what it was asked to {@code calls}. */
  TestingContender(String name, List<String> calls) {
    this.name = name;
    this.calls = calls;
  }

  /** Its answers are ours. */
  TestingContender ours() {
    answersAs = Optional.of(Kvasir.NAME);
    return this;
  }

  /** Its times, one after another; the last one for ever. */
  TestingContender takes(Double... times) {
    millis.addAll(List.of(times));
    return this;
  }

  /** How far it finds each of our first tokens off. */
  TestingContender gap(double logits) {
    gap = logits;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> answersAs() {
    return answersAs;
  }

  @Override
  public long process() {
    return ProcessHandle.current().pid();
  }

  @Override
  public Timed prefill(TokenIds prompt, int cachedTokens) {
    return timed("prefill", List.of(prompt), 1);
  }

  @Override
  public Timed decode(List<TokenIds> prompts, int steps) {
    return timed("decode-" + prompts.size(), prompts, steps + 1);
  }

  @Override
  public Timed firstTokenUnderLoad(List<TokenIds> running, TokenIds prompt) {
    return timed("load", List.of(prompt), 1);
  }

  private Timed timed(String call, List<TokenIds> prompts, int tokens) {
    calls.add(name + " " + call);
    double time = millis.isEmpty() ? 1 : millis.size() == 1 ? millis.get(0) : millis.remove(0);
    return new Timed(time, prompts.stream().map(prompt -> answer(prompt, tokens)).toList());
  }

  private static TokenIds answer(TokenIds prompt, int tokens) {
    int last = prompt.get(prompt.size() - 1);
    return TokenIds.of(
        Collections.nCopies(tokens, last).stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public double[][] gaps(List<TokenIds> prompts, List<TokenIds> answers) {
    return answers.stream()
        .map(
            answer -> {
              double[] gaps = new double[answer.size()];
              gaps[0] = gap;
              return gaps;
            })
        .toArray(double[][]::new);
  }

  @Override
  public void close() {}
}
