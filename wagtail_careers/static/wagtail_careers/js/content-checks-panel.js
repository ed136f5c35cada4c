// Says in Wagtail's Checks panel which words a finding is about, and what to write instead.
// Axe has one message for all findings of a rule (see ``wagtail_careers.admin.content_checks``).
(() => {
  const PLACE_LENGTH = 40;

  const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

  const shorten = (text) =>
    text.length > PLACE_LENGTH ? `${text.slice(0, PLACE_LENGTH - 1).trimEnd()}…` : text;

  const fill = (template, { values }) =>
    template.replace(/%%|%\((\w+)\)[a-z]/g, (found, key) => (key ? values[key] : '%'));

  const fillAll = (template, findings) =>
    oneLine([...new Set(findings.map((finding) => fill(template, finding)))].join(' '));

  // The element of the preview that a row is about, if we have marked it.
  const findElement = (view, selector) => {
    if (!selector.startsWith('#') || !view?.wagtailCareersFindings) return null;
    return view.document.getElementById(selector.slice(1));
  };

  const complete = (row, messages, view) => {
    const name = row.querySelector('[data-content-checker-name]');
    const help = row.querySelector('[data-content-checker-help]');
    const place = row.querySelector('[data-content-checker-selector-text]');
    const element = findElement(view, place.textContent.trim());
    const findings = (view?.wagtailCareersFindings?.get(element) || []).filter(
      ({ rule }) => messages[rule]?.error_name === name.textContent,
    );
    if (!findings.length) return;
    const [first] = findings;
    const message = messages[first.rule];
    name.textContent = fillAll(message.error_template, findings);
    help.textContent = fillAll(message.help_template, findings);
    place.textContent = `“${shorten(oneLine(first.text || element.textContent))}”`;
  };

  const watch = () => {
    const panel = document.querySelector('[data-checks-panel]');
    const configuration = document.getElementById('checker-axe-configuration');
    if (!panel || !configuration) return;
    const { messages } = JSON.parse(configuration.textContent);
    // Wagtail writes all rows anew after each check.
    new MutationObserver(() => {
      const view = document.getElementById('w-preview-iframe')?.contentWindow;
      panel
        .querySelectorAll('[data-content-checker-row]')
        .forEach((row) => complete(row, messages, view));
    }).observe(panel, { childList: true });
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', watch);
  else watch();
})();
