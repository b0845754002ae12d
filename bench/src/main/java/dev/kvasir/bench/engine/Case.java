package dev.kvasir.bench.engine;

import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;

/** What is measured: one line of the table. */
sealed interface Case {
  /** Tokens that each sequence decodes after its first. */
  int DECODE_STEPS = 32;

  /** Name in tables and JSON. */
  String name();

  /** Most tokens of a sequence of it. */
  int contextTokens();

  /** The prompts that are answered in it. */
  List<TokenIds> prompts(Prompts prompts);

  /** Lets a system do it once. */
  Timed run(Contender contender, Prompts prompts);

  /** So many new tokens of a prompt behind so many cached ones. */
  record Prefill(int cached, int fresh) implements Case {
    @Override
    public String name() {
      return cached == 0 ? "prefill-" + fresh : "suffix-%d@%d".formatted(fresh, cached);
    }

    @Override
    public int contextTokens() {
      return cached + fresh + 1;
    }

    @Override
    public List<TokenIds> prompts(Prompts prompts) {
      return List.of(prompts.prompt(name(), cached + fresh));
    }

    @Override
    public Timed run(Contender contender, Prompts prompts) {
      return contender.prefill(prompts(prompts).get(0), cached);
    }
  }

  /** One token of each of several sequences that have so many tokens. */
  record Decode(int sequences, int context) implements Case {
    @Override
    public String name() {
      return "decode-%d@%d".formatted(sequences, context);
    }

    @Override
    public int contextTokens() {
      return context + DECODE_STEPS + 1;
    }

    @Override
    public List<TokenIds> prompts(Prompts prompts) {
      return prompts.prompts(sequences, context);
    }

    @Override
    public Timed run(Contender contender, Prompts prompts) {
      return contender.decode(prompts(prompts), DECODE_STEPS);
    }
  }

  /** Decoding of an answer that quotes a document of so many tokens. */
  record Quote(int document) implements Case {
    @Override
    public String name() {
      return "quote-1@" + document;
    }

    @Override
    public int contextTokens() {
      return document + Prompts.QUOTE_TOKENS + DECODE_STEPS + 1;
    }

    @Override
    public List<TokenIds> prompts(Prompts prompts) {
      return List.of(prompts.quoting(document));
    }

    @Override
    public Timed run(Contender contender, Prompts prompts) {
      return contender.decode(prompts(prompts), DECODE_STEPS);
    }
  }

  /** A prompt of 512 tokens that comes while eight sequences decode. */
  record FirstTokenUnderLoad() implements Case {
    static final int RUNNING = 8;
    static final int PROMPT_TOKENS = 512;

    @Override
    public String name() {
      return "first-token-under-load";
    }

    @Override
    public int contextTokens() {
      return 2 * PROMPT_TOKENS;
    }

    @Override
    public List<TokenIds> prompts(Prompts prompts) {
      return List.of(prompts.prompt(name(), PROMPT_TOKENS));
    }

    @Override
    public Timed run(Contender contender, Prompts prompts) {
      return contender.firstTokenUnderLoad(
          prompts.prompts(RUNNING, PROMPT_TOKENS), prompts(prompts).get(0));
    }
  }

  /** All cases, in the order of the table. */
  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (int tokens : new int[] {128, 512, 2_048, 8_000}) {
      cases.add(new Prefill(0, tokens));
    }
    for (int context : new int[] {512, 2_048}) {
      cases.add(new Prefill(context, 64));
    }
    for (int context : new int[] {512, 2_048}) {
      for (int sequences : new int[] {1, 4, 8, 16}) {
        cases.add(new Decode(sequences, context));
      }
    }
    cases.add(new Quote(2_048));
    cases.add(new FirstTokenUnderLoad());
    return cases;
  }

  /**
   * The cases of a comma-separated list of names or of their beginnings, in the order of the table.
   *
   * @throws IllegalArgumentException if a word of it is the beginning of none
   */
  static List<Case> of(String list) {
    List<String> words = List.of(list.split(",", -1));
    for (String word : words) {
      if (all().stream().noneMatch(one -> one.isCalled(word))) {
        throw new IllegalArgumentException(
            "--cases has '%s', but the cases are %s"
                .formatted(word, String.join(", ", all().stream().map(Case::name).toList())));
      }
    }
    return all().stream().filter(one -> words.stream().anyMatch(one::isCalled)).toList();
  }

  private boolean isCalled(String word) {
    return name().equals(word) || name().startsWith(word + "-") || name().startsWith(word + "@");
  }
}
