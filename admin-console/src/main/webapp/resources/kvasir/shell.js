/* What every page needs: charts in the colours of the scheme, and a word when the server is away. */

/** Puts the values of CSS properties where the chart's JSON names them. Called by p:chart. */
function kvasirChart() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const config = this.cfg.config;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.color = color('--muted');
  Chart.defaults.borderColor = color('--line');
  for (const dataset of config.data.datasets) {
    dataset.backgroundColor = dataset.backgroundColor.replace(/^var\((.+)\)$/, (_, name) => color(name));
  }
}

/** A slider says its value beside it. */
document.addEventListener('input', (event) => {
  if (event.target.type === 'range' && event.target.nextElementSibling) {
    event.target.nextElementSibling.textContent = event.target.value;
  }
});

document.addEventListener('DOMContentLoaded', () => {
  const tab = document.querySelector('.tab.here');
  if (tab) { // a narrow window shows some of the tabs only
    tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 48;
  }
  const offline = document.getElementById('offline');
  if (!offline || !window.jQuery) {
    return;
  }
  jQuery(document)
    .on('pfAjaxError', () => { offline.hidden = false; })
    .on('pfAjaxSuccess', () => { offline.hidden = true; });
});
