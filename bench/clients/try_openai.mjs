// Asks a node by OpenAI's client for JavaScript; fails by an assertion.
import assert from 'node:assert/strict';
import OpenAI, { BadRequestError } from 'openai';

const QUESTION = [
  { role: 'system', content: 'Paul lives in Oslo. The code of Paul is 4821.' },
  { role: 'user', content: 'What is the code of Paul?' },
];

const client = new OpenAI({
  baseURL: process.env.KVASIR_BASE_URL,
  apiKey: process.env.KVASIR_API_KEY,
  maxRetries: 0,
});

const models = (await client.models.list()).data.map((model) => model.id);
assert.ok(models.length > 0, 'no model is listed');

const asked = { model: 'default', messages: QUESTION, temperature: 0, max_completion_tokens: 16 };
const chat = await client.chat.completions.create(asked);
const text = chat.choices[0].message.content;
assert.ok(chat.usage.prompt_tokens > 0);
let streamed = '';
for await (const chunk of await client.chat.completions.create({ ...asked, stream: true })) {
  streamed += chunk.choices.map((choice) => choice.delta.content ?? '').join('');
}
assert.equal(streamed, text);

const input = { model: 'default', input: QUESTION, temperature: 0, max_output_tokens: 16 };
assert.equal((await client.responses.create(input)).output_text, text);
const types = [];
streamed = '';
for await (const event of await client.responses.create({ ...input, stream: true })) {
  types.push(event.type);
  streamed += event.type === 'response.output_text.delta' ? event.delta : '';
}
assert.equal(streamed, text);
assert.equal(types[0], 'response.created');
assert.ok(['response.completed', 'response.incomplete'].includes(types.at(-1)), types.at(-1));

await assert.rejects(
  () => client.chat.completions.create({ ...asked, temperature: 3 }),
  (error) => error instanceof BadRequestError && error.param === 'temperature',
);
console.log(`npm: models ${models}, chat and responses answer ${JSON.stringify(text)}, streams likewise`);
