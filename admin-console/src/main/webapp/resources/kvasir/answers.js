/*
 * What the playground shows of an answer: where its prompt's tokens came from, the tokens
 * themselves, and how it compares with the answer without the cache.
 */
const kvasirAnswers = (() => {
  const texts = document.getElementById('texts').dataset;
  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);
  const sources = ['pool', 'near', 'local', 'remote', 'disk', 'computed'];

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className || '';
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
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
    box.append(bar, legend, element('p', 'facts', facts.join(' \u00b7 ')));
    box.append(element('p', 'facts', fill(texts.reason, reason)), tokensOf(answer));
    turn.append(box);
  }

  /** The prompt's tokens, asked for when somebody wants to see them. */
  function tokensOf(answer) {
    const details = element('details', 'tokens');
    details.append(element('summary', '', texts.tokens));
    details.addEventListener('toggle', async () => {
      if (details.open && !details.querySelector('.painted, .note')) {
        details.append(await paint(answer));
      }
    });
    return details;
  }

  async function paint(answer) {
    const response = await fetch('/tokenize', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ messages: answer.messages, return_token_strs: true }),
    });
    if (!response.ok) {
      return element('p', 'note bad', texts.noTokens);
    }
    const spelled = (await response.json()).token_strs;
    const painted = element('p', 'painted mono');
    painted.tabIndex = 0;
    spelled.forEach((token, at) => {
      const source = sourceAt(answer.report, at);
      const part = element('span', 'token ' + source, readable(token));
      part.title = texts[source] || texts.loaded;
      painted.append(part);
    });
    return painted;
  }

  /** The pool's tokens come first, then those that were loaded, then those that were computed. */
  function sourceAt(report, at) {
    if (at < report.pool) {
      return 'pool';
    }
    const loaded = sources.slice(1, -1).filter((one) => report[one] > 0);
    const cached = report.pool + loaded.reduce((sum, one) => sum + report[one], 0);
    if (at >= cached) {
      return 'computed';
    }
    return loaded.length === 1 ? loaded[0] : 'loaded';
  }

  const readable = (token) => token.replace(/[\u0120\u2581]/g, ' ').replace(/\u010a/g, '\n');

  /** Says of two answers whether they are equal, and asks which one is better. */
  function showComparison(turn, answer, other, comparable) {
    const equal = answer.text === other.text;
    const box = element('div', 'comparison');
    const verdict = comparable || equal ? (equal ? texts.equal : texts.differ) : texts.byChance;
    box.append(element('p', comparable && !equal ? 'note bad' : 'note', verdict));
    box.lastChild.dataset.equal = equal;
    if (answer.firstMillis !== null && other.firstMillis !== null) {
      box.append(element('p', 'facts', fill(
        texts.compared, millis(answer.firstMillis), millis(other.firstMillis),
        millis(answer.totalMillis), millis(other.totalMillis))));
    }
    const thumbs = element('div', 'thumbs');
    thumbs.setAttribute('role', 'group');
    thumbs.setAttribute('aria-label', texts.prefer);
    thumbs.append(element('span', 'hint', texts.prefer));
    for (const preferred of ['with', 'same', 'without']) {
      const button = element('button', 'plain small', texts['prefer_' + preferred]);
      button.type = 'button';
      button.dataset.preferred = preferred;
      button.addEventListener('click', () => {
        thumbs.querySelectorAll('button').forEach((one) => { one.disabled = true; });
        button.setAttribute('aria-pressed', 'true');
        window.kvasirPreferred = () => thumbs.append(element('span', 'note', texts.preferred));
        window.kvasirPrefer([
          { name: 'preferred', value: preferred },
          { name: 'equal', value: equal },
        ]);
      });
      thumbs.append(button);
    }
    box.append(thumbs);
    turn.append(box);
  }

  return { element, fill, showReport, showComparison };
})();
