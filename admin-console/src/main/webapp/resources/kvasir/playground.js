/*
 * The chat. It is an OpenAI client of this very server: POST /v1/chat/completions with stream, no
 * key (the default tenant). The conversation lives here only. The last chunk brings `usage` and
 * `kvasir`, which say where the prompt's K/V came from.
 */
(() => {
  const byId = (id) => document.getElementById(id);
  const texts = byId('texts').dataset;
  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);
  const sources = ['pool', 'near', 'local', 'remote', 'disk', 'computed'];
  const log = byId('log');
  const turns = []; // {role, content}, oldest first, without the system prompt
  let running = null; // AbortController of the answer that streams

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className || '';
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

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
    return {
      model: 'default',
      messages: system ? [{ role: 'system', content: system }, ...turns] : turns,
      temperature: Number(byId('temperature').value),
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

  /** Streams one answer into `body`; returns what was said of it. */
  async function stream(body, signal) {
    const answer = { text: '', finish: null, report: null, usage: null, firstMillis: null };
    const asked = performance.now();
    const response = await fetch('/v1/chat/completions', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify(requestBody()),
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
      answer.usage = chunk.usage || answer.usage;
    });
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

  const millis = (value) =>
    value >= 1000 ? (value / 1000).toFixed(2) + ' s' : value.toFixed(value < 10 ? 1 : 0) + ' ms';

  /** The bar and the figures under an answer. */
  function showReport(turn, answer) {
    const report = answer.report;
    if (!report) {
      return;
    }
    const total = sources.reduce((sum, source) => sum + report[source], 0);
    const box = element('div', 'report');
    const bar = element('div', 'sources');
    const legend = element('ul', 'legend');
    for (const source of sources.filter((one) => report[one] > 0)) {
      const part = element('span', source);
      part.style.flexGrow = report[source];
      bar.append(part);
      const item = element('li', '', ' ' + texts[source] + ' ');
      item.prepend(element('span', 'key ' + source));
      item.append(element('b', '', String(report[source])));
      item.dataset.source = source;
      item.dataset.tokens = report[source];
      legend.append(item);
    }
    bar.setAttribute('role', 'img');
    bar.setAttribute('aria-label', legend.textContent);
    const facts = [fill(texts.prompt, total)];
    if (answer.firstMillis !== null) {
      facts.push(fill(texts.ttft, millis(answer.firstMillis)));
    }
    facts.push(fill(texts.spent, millis(report.lookup_ms), millis(report.load_ms), millis(report.prefill_ms)));
    facts.push(fill(texts.node, report.node));
    const reason = texts['miss_' + report.miss_reason] || report.miss_reason;
    box.append(bar, legend, element('p', 'facts', facts.join(' · ')));
    box.append(element('p', 'facts', fill(texts.reason, reason)));
    turn.append(box);
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
    const body = show('assistant', '');
    body.dataset.waiting = texts.thinking;
    setRunning(new AbortController());
    try {
      const answer = await stream(body, running.signal);
      turns.push({ role: 'assistant', content: answer.text });
      if (answer.finish === 'length') {
        note(body, texts.length);
      }
      showReport(body.parentElement, answer);
      byId('said').textContent = texts.answered;
    } catch (error) {
      abandon(body, error);
    } finally {
      delete body.dataset.waiting;
      setRunning(null);
      follow();
    }
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
    if (!message || running || !byId('temperature').reportValidity() || !byId('maxTokens').reportValidity()) {
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
