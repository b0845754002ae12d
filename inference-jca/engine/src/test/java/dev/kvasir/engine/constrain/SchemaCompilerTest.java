package dev.kvasir.engine.constrain;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.ResponseFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCompilerTest {
  private static final String PERSON =
      """
      {"type": "object", "additionalProperties": false, "required": ["name", "age"],
       "properties": {"name": {"type": "string", "maxLength": 5}, "age": {"type": "integer"},
                      "pets": {"type": "array", "items": {"$ref": "#/$defs/pet"}, "maxItems": 2}},
       "$defs": {"pet": {"enum": ["cat", "dog"]}}}
      """;

  /** Texts are separated by {@code ;}. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{'type':'boolean'}                    | true;false          | null;'true'; true",
        "{'type':'null'}                       | null                | nul;0",
        "{'type':['null','boolean']}           | null;true           | 1",
        "{'type':'integer'}                    | 0;-12;999999999999999 | 01;1.0;1e3;+1;1000000000000000",
        "{'type':'integer','minimum':1,'maximum':5} | 1;5            | 0;6;-1;05;1.0;10",
        "{'type':'integer','minimum':-12,'maximum':120} | -12;-1;0;99;120 | -13;121;-0;007",
        "{'type':'integer','exclusiveMinimum':9} | 10;4000000000     | 9;-10",
        "{'type':'integer','maximum':-3}       | -3;-99999999999     | -2;3;0",
        "{'type':'number'}                     | 0;-1.5;2e10;3.25E-7 | 1.;.5;1e;1e999;00;NaN",
        "{'type':'string'}                     | '';'a b';'ä€😀';'\\n\\'\\\\\\u00e9' | 'a;a;'\\x';'\\ud800'",
        "{'type':'string','minLength':2,'maxLength':3} | 'ab';'ä€😀' | 'a';'abcd'",
        "{'type':'string','pattern':'^[a-c-]+\\\\.x?$'} | 'ab-.x';'c.' | 'd.x';'a.y';'.x'",
        "{'type':'string','pattern':'b{2}?'}   | 'abbc';'bb'         | 'abc'",
        "{'type':'string','pattern':'^(?:x|\\\\d+)$'} | 'x';'42'      | 'xx';'4x'",
        "{'type':'string','pattern':'^\\\\w+$','maxLength':2} | 'a_' | 'abc';''",
        "{'type':'string','pattern':'^[a-z-]{1,255}$','maxLength':255} | 'a-b' | '';'A'",
        "{'type':'string','format':'date'}     | '2024-02-28'        | '2024-02-30';'24-1-1'",
        "{'type':'string','format':'date-time'} | '2024-12-31T23:59:59Z' | '2024-12-31'",
        "{'type':'string','format':'uuid'}     | '01234567-89ab-cdef-0123-456789abcdef' | '0'",
        "{'type':'string','format':'ipv4'}     | '127.0.0.1'         | '256.0.0.1'",
        "{'type':'string','format':'email'}    | 'a.b@c.org'         | 'a@b'",
        "{'const':{'a':[1,null]}}              | {'a':[1,null]}      | {'a':[1]}",
        "{'enum':['a',1,true],'type':'integer'} | 1                  | 'a';true",
        "{'anyOf':[{'type':'null'},{'const':7}]} | null;7            | 8",
        "{'type':'array','items':{'type':'null'}} | [];[null];[ null, null ] | [null,];[1]",
        "{'items':{'const':1},'minItems':2}    | [1,1];[1,1,1]       | [1];[]",
        "{'items':{'const':1},'minItems':1,'maxItems':2} | [1];[1,1] | [];[1,1,1]",
        "{'type':'array','maxItems':0}         | [];[ ]              | [1]",
        "{'type':'object','additionalProperties':false} | {};{ }     | {'a':1}",
        "{'type':'object','additionalProperties':{'const':1}} | {};{'a':1,'b':1} | {'a':2}",
        "{'properties':{'a':{'const':1},'b':{'const':2},'c':{'const':3}},'required':['b']} | {'b':2};{'a':1,'b':2};{'b':2,'c':3};{'a':1, 'b': 2,'c':3} | {};{'a':1};{'b':2,'a':1};{'a':1,,'b':2}",
        "{'properties':{'a':{'const':1},'b':{'const':2}}} | {};{'a':1};{'b':2};{'a':1,'b':2} | {'b':2,'a':1};{,'b':2}",
        "{'properties':{'ä\\'/':{'const':1}},'title':'t'} | {'ä\\'/':1} | {'a':1}",
        "{}                                    | 1;'a';[{'a':[[null]]}] | {'a':1"
      })
  void compile_schema_acceptsWhatIsValid(String schema, String accepted, String refused) {
    ByteRunAutomaton form = form(quoted(schema));
    for (String text : quoted(accepted).split(";", -1)) {
      assertTrue(accepts(form, text), () -> text + " by " + schema);
    }
    for (String text : quoted(refused).split(";", -1)) {
      assertTrue(!accepts(form, text), () -> "not " + text + " by " + schema);
    }
  }

  @Test
  void compile_object_inTheSchemasOrder() {
    ByteRunAutomaton form = form(PERSON);
    assertTrue(accepts(form, "{\"name\": \"Ida\", \"age\": 30, \"pets\": [\"cat\", \"dog\"]}"));
    assertTrue(accepts(form, "{\n  \"name\":\"\",\n  \"age\":1\n}"));
    assertTrue(!accepts(form, "{\"name\":\"Ida\"}"));
    assertTrue(!accepts(form, "{\"name\":\"Ida\",\"age\":1,\"pets\":[\"cat\",\"dog\",\"cat\"]}"));
    assertTrue(!accepts(form, "{\"name\":\"Ida\",\"age\":1,\"more\":1}"));
    assertTrue(!accepts(form, " {\"name\":\"Ida\",\"age\":1}"));
  }

  @Test
  void jsonObject_fiveLevels() {
    ByteRunAutomaton form = Constraints.form(new ResponseFormat.JsonObject());
    assertTrue(accepts(form, "{}"));
    assertTrue(accepts(form, quoted("{'a': [1, {'b': [[]]}], 'c': 'ä', 'd': -1.5e3}")));
    assertTrue(!accepts(form, quoted("{'a':[[[[[]]]]]}")));
    assertTrue(!accepts(form, "[]"));
    assertTrue(!accepts(form, "{} "));
    assertTrue(form.getSize() < 10_000, "states: " + form.getSize());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{'oneOf':[]}                           | 'oneOf' at # is not supported",
        "{'properties':{'a/b':{'type':'string','contentEncoding':'x'}}} | 'contentEncoding' at #/properties/a~1b is not",
        "{'type':'number','minimum':1}          | 'minimum' at # is not supported",
        "{'type':'string','format':'color'}     | 'format' at # is 'color'",
        "{'type':'string','pattern':'a(?=b)'}   | 'pattern' at # has (?, which",
        "{'type':'string','pattern':'(a)\\\\1'} | 'pattern' at # has \\1, which",
        "{'type':'string','pattern':'^a|b$'}    | parentheses",
        "{'type':'string','pattern':'[a'}       | ends too early",
        "{'type':'string','pattern':'(a'}       | is not a regular expression",
        "{'type':'string','pattern':'((a{999}){999}){9}'} | repeats too much",
        "{'type':'string','pattern':'^(x?y?z?){2000}$'} | repeats too much",
        "{'type':'string','maxLength':99999}    | too large",
        "{'type':'string','minLength':3,'maxLength':2} | 'maxLength' at # is below",
        "{'type':'string','minLength':-1}       | 'minLength' at #",
        "{'type':'integer','minimum':0.5}       | 'minimum' at # must be a whole number",
        "{'type':'integer','minimum':5,'maximum':4} | nothing can be",
        "{'type':'date'}                        | 'type' at # is 'date'",
        "{'type':7}                             | 'type' at # must be a string",
        "{'minLength':7}                        | at # needs a type",
        "{'enum':[]}                            | nothing can be as the schema says at #",
        "{'properties':{'a':{'anyOf':[]}}}      | nothing can be as the schema says at #/properties/a",
        "{'anyOf':[{'type':'null'},{'const':1,'type':'null'}]} | nothing can be as the schema says at #/anyOf/1",
        "{'type':'string','pattern':'^(a{0,50}){0,50}b$'} | 'pattern' at # takes more than 30000 steps",
        "{'$ref':'#'}                           | '$ref' at # is recursive",
        "{'$ref':'#/$defs/no'}                  | '$ref' at # must be a pointer",
        "{'$ref':'http://a/b'}                  | '$ref' at # must be a pointer",
        "{'$defs':{'a':{'items':{'$ref':'#/$defs/a'}}},'$ref':'#/$defs/a'} | '$ref' at #/$defs/a/items is recursive",
        "{'anyOf':[{'not':{}}]}                 | 'not' at #/anyOf/0",
        "{'properties':{},'required':['a']}     | 'required' at # names",
        "{'items':{'type':'string','maxLength':500},'maxItems':500} | too large",
        "{'items':false}                        | #/items must be a schema",
        "[]                                     | # must be a schema",
        "{'type'                                | not JSON"
      })
  void compile_unsupported_saysWhatAndWhere(String schema, String expected) {
    ResponseFormatException refusal =
        assertThrows(ResponseFormatException.class, () -> form(quoted(schema)));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains(quoted(expected)), refusal::getMessage);
  }

  @Test
  void compile_definitionsThatDouble_refusedSoon() {
    StringBuilder schema = new StringBuilder("{'$ref':'#/$defs/9','$defs':{'0':{'type':'string'}");
    for (int i = 1; i <= 9; i++) {
      String items = String.join(",", Collections.nCopies(30, "{'$ref':'#/$defs/%d'}"));
      schema.append(",'%d':{'anyOf':[%s]}".formatted(i, items.replace("%d", "" + (i - 1))));
    }
    assertThrows(ResponseFormatException.class, () -> form(quoted(schema + "}}")));
  }

  /** Each definition is two of the next, the last one a leaf; 2^40 of those in all. */
  @ParameterizedTest
  @ValueSource(strings = {"{'enum':[]}", "{'anyOf':[]}", "{'type':'null'}"})
  @Timeout(60)
  void compile_definitionsThatDoubleFortyTimes_refused(String leaf) {
    StringBuilder schema = new StringBuilder("{'$ref':'#/$defs/0','$defs':{'40':" + leaf);
    for (int i = 0; i < 40; i++) {
      String next = "{'$ref':'#/$defs/%d'}".formatted(i + 1);
      schema.append(",'%d':{'anyOf':[%s,%s]}".formatted(i, next, next));
    }
    String message = refusal(schema + "}}");
    assertTrue(message.contains("at #/$defs/"), message);
  }

  @Test
  void compile_definitionUsedTwice_atEachDepth() {
    ByteRunAutomaton form =
        form(
            quoted(
                "{'$defs':{'a':{'const':1}},'properties':{'x':{'$ref':'#/$defs/a'},"
                    + "'y':{'$ref':'#/$defs/a'},'z':{'items':{'$ref':'#/$defs/a'}}}}"));
    assertTrue(accepts(form, quoted("{'x':1,'y':1,'z':[1,1]}")));
    assertTrue(!accepts(form, quoted("{'x':1,'y':2}")));
  }

  @Test
  void compile_typeNamedOftenOver_isOne() {
    String types = String.join(",", Collections.nCopies(5_000, "'string'"));
    ByteRunAutomaton form = form(quoted("{'type':[%s],'maxLength':20}".formatted(types)));
    assertTrue(accepts(form, quoted("'a'")));
  }

  @Test
  void compile_longChainOfReferences_refused() {
    StringBuilder schema = new StringBuilder("{'$ref':'#/$defs/0','$defs':{'1500':{}");
    for (int i = 0; i < 1500; i++) {
      schema.append(",'%d':{'$ref':'#/$defs/%d'}".formatted(i, i + 1));
    }
    String message = refusal(schema + "}}");
    assertTrue(message.contains("is behind 100 others"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'pattern':'[^x]{9999}'", "'pattern':'^([^b]*b){999}$'", "'format':'email'"})
  @Timeout(60)
  void compile_longStringOfAForm_refusedBeforeTheWork(String form) {
    String message =
        refusal("{'properties':{'a':{'type':'string','maxLength':15000,%s}}}".formatted(form));
    assertTrue(message.contains("up to #/properties/a it takes"), message);
    assertTrue(message.contains("may take 10000000"), message);
  }

  @Test
  @Timeout(60)
  void compile_manyStringsOfForms_refusedBySum() {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      members.append(",{'type':'string','minLength':90,'maxLength':90,'pattern':'^([^b]*b){90}$'}");
    }
    String message = refusal("{'anyOf':[%s]}".formatted(members.substring(1)));
    assertTrue(message.contains("the schema is too involved: up to #/anyOf/"), message);
  }

  private static String refusal(String schema) {
    return String.valueOf(
        assertThrows(ResponseFormatException.class, () -> form(quoted(schema))).getMessage());
  }

  private static String quoted(String text) {
    return text.replace("\\'", "\u0001").replace('\'', '"').replace("\u0001", "\\\"");
  }

  private static ByteRunAutomaton form(String schema) {
    return Constraints.form(new ResponseFormat.JsonSchema(schema));
  }

  private static boolean accepts(ByteRunAutomaton form, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return form.run(bytes, 0, bytes.length);
  }
}
