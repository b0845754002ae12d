/*
 * The chat. It is an OpenAI client of this very server: POST /v1/chat/completions with stream, no
 * key (the default tenant). The conversation lives here only. The last chunk brings `usage` and
 * `kvasir`, which say where the prompt's K/V came from.
 */
(() => {
  const byId = (id) => document.getElementById(id);
  const texts = byId('texts').dataset;
  const { element, fill, showReport, showComparison } = kvasirAnswers;
  const log = byId('log');
  const turns = []; // {role, content}, oldest first, without the system prompt
  const fields = ['temperature', 'topP', 'seed', 'maxTokens'];
  let running = null; // AbortController of the answer that streams

  /** Adds a turn to the page; returns the element that its text goes into. */
  function show(role, text) {
    byId('empty').hidden = true;
    const turn = element('article', 'turn ' + role);
    turn.append(element('h2', 'who', role === 'user' ? texts.you : texts.assistant));
    const body = element('div', 'said', text);
    turn.append(body);
    log.append(turn);
    log.scrollTop = log.scrollHeight;
    return body;
  }

  function requestBody() {
    const system = byId('system').value.trim();
    const seed = byId('seed').value;
    return {
      model: 'default',
      messages: system ? [{ role: 'system', content: system }, ...turns] : [...turns],
      temperature: Number(byId('temperature').value),
      top_p: Number(byId('topP').value),
      ...(seed === '' ? {} : { seed: Number(seed) }),
      max_tokens: Number(byId('maxTokens').value),
      stream: true,
      stream_options: { include_usage: true },
    };
  }

  /** Hands each event's JSON of a server-sent event stream to `take`; ends with the stream. */
  async function readEvents(body, take) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const events = (rest + value).split(/\r?\n\r?\n/);
      rest = events.pop();
      for (const event of events) {
        const data = event
          .split(/\r?\n/)
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trim())
          .join('\n');
        if (data && data !== '[DONE]') {
          take(JSON.parse(data));
        }
      }
    }
  }

  /** Streams the answer to a request into `body`; returns what was said of it. */
  async function stream(request, body, signal) {
    const answer = {
      messages: request.messages, text: '', finish: null, report: null, firstMillis: null,
    };
    const asked = performance.now();
    const response = await fetch('/v1/chat/completions', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify(request),
      signal,
    });
    if (!response.ok) {
      throw new Error(await reasonOf(response));
    }
    await readEvents(response.body, (chunk) => {
      if (chunk.error) {
        throw new Error(chunk.error.message);
      }
      const choice = (chunk.choices || [])[0];
      const piece = choice && choice.delta && choice.delta.content;
      if (piece) {
        answer.firstMillis ??= performance.now() - asked;
        answer.text += piece;
        body.textContent = answer.text;
        follow();
      }
      answer.finish = (choice && choice.finish_reason) || answer.finish;
      answer.report = chunk.kvasir || answer.report;
    });
    answer.totalMillis = performance.now() - asked;
    return answer;
  }

  async function reasonOf(response) {
    const body = await response.text();
    try {
      return JSON.parse(body).error.message;
    } catch {
      return 'HTTP ' + response.status;
    }
  }

  /** Keeps the end in sight, unless the reader has scrolled up. */
  function follow() {
    if (log.scrollHeight - log.scrollTop - log.clientHeight < 160) {
      log.scrollTop = log.scrollHeight;
    }
  }

  function note(body, text, bad) {
    body.parentElement.append(element('p', bad ? 'note bad' : 'note', text));
    byId('said').textContent = text;
    follow();
  }

  function setRunning(controller) {
    running = controller;
    byId('send').hidden = controller !== null;
    byId('stop').hidden = controller === null;
    byId('clear').disabled = controller !== null;
  }

  async function ask(message) {
    turns.push({ role: 'user', content: message });
    show('user', message);
    const request = requestBody();
    const body = show('assistant', '');
    body.dataset.waiting = texts.thinking;
    setRunning(new AbortController());
    try {
      const answer = await stream(request, body, running.signal);
      turns.push({ role: 'assistant', content: answer.text });
      if (answer.finish === 'length') {
        note(body, texts.length);
      }
      showReport(body.parentElement, answer);
      if (byId('compare').checked) {
        await compare(request, answer, body.parentElement, running.signal);
      }
      byId('said').textContent = texts.answered;
    } catch (error) {
      abandon(body, error);
    } finally {
      delete body.dataset.waiting;
      setRunning(null);
      follow();
    }
  }

  /** Asks the same without the cache, beside the answer; equal seeds must give equal answers. */
  async function compare(request, answer, turn, signal) {
    const left = element('section', 'side');
    left.append(element('h3', 'who', texts.withCache), ...[...turn.children].slice(1));
    const right = element('section', 'side');
    const body = element('div', 'said');
    body.dataset.waiting = texts.thinking;
    right.append(element('h3', 'who', texts.withoutCache), body);
    const pair = element('div', 'pair');
    pair.append(left, right);
    turn.append(pair);
    turn.classList.add('compared');
    const other = await stream({ ...request, kvasir: { cache: 'off' } }, body, signal);
    delete body.dataset.waiting;
    showReport(right, other);
    showComparison(turn, answer, other, request.temperature === 0 || 'seed' in request);
  }

  /** An answer that broke off stays in the history as far as it came; one that never began goes. */
  function abandon(body, error) {
    if (body.textContent) {
      turns.push({ role: 'assistant', content: body.textContent });
    } else {
      turns.pop();
    }
    if (error.name === 'AbortError') {
      note(body, texts.stopped);
    } else {
      note(body, error instanceof TypeError ? texts.lost : fill(texts.failed, error.message), true);
    }
  }

  byId('ask').addEventListener('submit', (event) => {
    event.preventDefault();
    const message = byId('message').value.trim();
    if (!message || running || !fields.every((id) => byId(id).reportValidity())) {
      return;
    }
    byId('message').value = '';
    ask(message);
  });
  byId('message').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      byId('ask').requestSubmit();
    }
  });
  byId('stop').addEventListener('click', () => running && running.abort());
  byId('clear').addEventListener('click', () => {
    turns.length = 0;
    log.querySelectorAll('.turn').forEach((turn) => turn.remove());
    byId('empty').hidden = false;
    byId('message').focus();
  });
  if (matchMedia('(max-width: 800px)').matches) {
    byId('settings').open = false;
  }
})();
