// Refreshes the panel “Before publication” after each autosave.
// Without this script, the panel shows the version that was saved when the form was opened.
(() => {
  const panel = document.querySelector('[data-careers-before-publication]');
  const status = panel.querySelector('[role="status"]');
  const list = panel.querySelector('[data-careers-findings]');
  // A new page has no primary key until it is saved.
  const urlOf = (pk) => panel.dataset.careersBeforePublication.replace(/\d+\/$/, `${pk}/`);
  let request = new AbortController();
  let shown = '';

  const refresh = async (pk) => {
    request.abort();
    request = new AbortController();
    const response = await fetch(urlOf(pk), { signal: request.signal });
    // The next autosave tries again.
    if (!response.ok || response.redirected) return;
    const html = await response.text();
    if (html === shown) return;
    shown = html;
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    const found = parsed.querySelector('[data-careers-findings-text]');
    if (!found) return;
    const hadFocus = list.contains(document.activeElement);
    list.replaceChildren(document.adoptNode(found));
    if (hadFocus) list.focus();
    // Screen readers announce a text that is set, even if it is the same.
    const text = found.dataset.careersFindingsText;
    if (status.textContent !== text) status.textContent = text;
  };

  document.addEventListener('w-autosave:success', (event) => {
    refresh(event.detail.data.pk).catch(() => {});
  });
})();
