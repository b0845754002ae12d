package dev.kvasir.engine.constrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.EngineSequence;
import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.ResponseFormatException;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenLogprobs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Answers of the tiny model, which has never seen JSON, in a form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerFormTest {
  private static final int SEEDS = 50;
  private static final String PROMPT =
      "Paul lives in Oslo. Ida works as a baker. Ida works as a baker.";
  private static final ResponseFormat PERSON =
      new ResponseFormat.JsonSchema(
          """
          {"type": "object", "required": ["name", "city", "pets", "old"], "properties": {
             "name": {"type": "string", "maxLength": 8},
             "city": {"anyOf": [{"enum": ["Oslo", "Rom"]}, {"type": "null"}]},
             "pets": {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxItems": 3},
             "old": {"type": "boolean"}}}
          """);
  private static final ResponseFormat ANY = new ResponseFormat.JsonObject();

  private record Answer(String text, FinishReason finish, List<Integer> tokens) {}

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Engine engine;

  @BeforeAll
  void start() {
    engine = Engine.start(config(ScheduleLimits.DEFAULT), threads);
  }

  @AfterAll
  void stop() {
    engine.close();
    threads.shutdown();
  }

  private static EngineConfig config(ScheduleLimits limits) {
    return new EngineConfig(
        TestingModels.tiny(), Precision.F32, Device.CPU, 1_024, 8, limits, null);
  }

  @Test
  void schema_anySeed_validAndWhole() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Answer answer = answer(engine, hot(PERSON, seed), 400);
      String what = "seed " + seed + ": " + answer.text();
      assertEquals(FinishReason.STOP, answer.finish(), what);
      JsonObject person = JsonParser.parseString(answer.text()).getAsJsonObject();
      assertEquals(Set.of("name", "city", "pets", "old"), person.keySet(), what);
      String name = person.get("name").getAsString();
      assertTrue(name.codePointCount(0, name.length()) <= 8, what);
      assertTrue(Set.of("\"Oslo\"", "\"Rom\"", "null").contains(person.get("city").toString()));
      JsonArray pets = person.getAsJsonArray("pets");
      assertTrue(pets.size() <= 3, what);
      pets.forEach(pet -> assertTrue(pet.getAsLong() >= 1, what));
      assertTrue(person.get("old").getAsJsonPrimitive().isBoolean(), what);
    }
  }

  @Test
  void jsonObject_anySeed_objectOrItsBeginning() {
    ByteRunAutomaton form = Constraints.form(ANY);
    for (int seed = 0; seed < SEEDS / 5; seed++) {
      Answer answer = answer(engine, hot(ANY, seed), 60);
      String what = "seed " + seed + ": " + answer.text();
      if (answer.finish() == FinishReason.STOP) {
        assertTrue(JsonParser.parseString(answer.text()).isJsonObject(), what);
      } else {
        int state = 0;
        for (byte b : answer.text().replace("\uFFFD", "").getBytes(StandardCharsets.UTF_8)) {
          state = form.step(state, b & 0xFF);
          assertTrue(state >= 0, what);
        }
      }
    }
  }

  @Test
  void schema_guessedTokens_sameAnswer() {
    ScheduleLimits noDrafts = new ScheduleLimits(ScheduleLimits.DEFAULT.stepTokens(), 0);
    try (Engine plain = Engine.start(config(noDrafts), threads)) {
      for (int seed = 0; seed < SEEDS / 5; seed++) {
        SamplingParams params =
            SamplingParams.builder()
                .temperature(seed % 3)
                .seed(seed)
                .responseFormat(PERSON)
                .build();
        assertEquals(answer(plain, params, 200), answer(engine, params, 200), "seed " + seed);
      }
    }
  }

  @Test
  void schema_severalChoices_eachInItsOwnPlace() {
    SequenceRequest request =
        new SequenceRequest(
            engine.model().tokenize(PROMPT, true), List.of(), hot(PERSON, 7), 400, 3);
    try (EngineSequence sequence = engine.open(request)) {
      GeneratedToken first = sequence.prefill();
      for (int choice = 0; choice < 3; choice++) {
        GeneratedToken token = choice == 0 ? first : sequence.next(choice);
        StringBuilder text = new StringBuilder(token.text());
        while (token.finish() == null) {
          token = sequence.next(choice);
          text.append(token.text());
        }
        assertEquals(answer(engine, hot(PERSON, 7 + choice), 400).text(), text.toString());
      }
    }
  }

  @Test
  void schema_logprobs_theModels() {
    TokenLogprobs free = firstLogprobs(null);
    TokenLogprobs formed = firstLogprobs(PERSON);
    assertEquals(free.top(), formed.top());
    assertNotEquals(free.chosen(), formed.chosen());
  }

  @Test
  void open_unsupportedSchema_refused() {
    SamplingParams params = hot(new ResponseFormat.JsonSchema("{\"not\": {}}"), 0);
    assertThrows(ResponseFormatException.class, () -> answer(engine, params, 5));
  }

  private TokenLogprobs firstLogprobs(@Nullable ResponseFormat format) {
    SamplingParams params = SamplingParams.builder().topLogprobs(3).responseFormat(format).build();
    try (EngineSequence sequence = engine.open(request(engine, params, 2))) {
      return Objects.requireNonNull(sequence.prefill().logprobs());
    }
  }

  private static SamplingParams hot(ResponseFormat format, long seed) {
    return SamplingParams.builder().temperature(1.5).seed(seed).responseFormat(format).build();
  }

  private static SequenceRequest request(Engine engine, SamplingParams params, int newTokens) {
    return new SequenceRequest(engine.model().tokenize(PROMPT, true), List.of(), params, newTokens);
  }

  private static Answer answer(Engine engine, SamplingParams params, int newTokens) {
    try (EngineSequence sequence = engine.open(request(engine, params, newTokens))) {
      StringBuilder text = new StringBuilder();
      List<Integer> tokens = new java.util.ArrayList<>();
      GeneratedToken token = sequence.prefill();
      while (true) {
        text.append(token.text());
        tokens.add(token.tokenId());
        FinishReason finish = token.finish();
        if (finish != null) {
          return new Answer(text.toString(), finish, tokens);
        }
        token = sequence.next();
      }
    }
  }
}
