// The side panel “As heard”. It loads the page as the form would save it, in a frame of its own,
// because the frame of Wagtail's preview has no layout while that panel is closed.
(() => {
  const heard = window.wagtailCareersHeard;
  const find = (selector) => document.querySelector(selector);
  const side = find('[data-form-side]');
  const previewPanel = () => find('[data-controller~="w-preview"]');
  const toggles = find('[data-side-panel-toggle="preview"]');
  // A page that has no preview has no transcript either.
  if (!side || !previewPanel() || !toggles) return;

  const PAUSE = 500;
  const WIDTH = 1280;
  const HEIGHT = 900;

  // Wagtail looks for side panels when the document is complete, and finds these as well.
  const place = (name) => find(`[data-careers-heard-${name}]`).content.firstElementChild;
  toggles.before(place('toggle'));
  side.append(place('panel'));

  const vocabulary = JSON.parse(find('#careers-heard-vocabulary').textContent);
  const panel = find('[data-careers-heard]');
  const sidePanel = panel.closest('[data-side-panel]');
  const part = (name) => panel.querySelector(`[data-careers-heard-${name}]`);
  const status = part('status');
  const container = part('lines');

  const say = (words, ...values) => {
    const rest = [...values];
    return (vocabulary.words[words] ?? words).replace(/%s/gu, () => rest.shift());
  };
  const announce = (...words) => {
    status.textContent = say(...words);
  };

  let frame = null;
  let shown = '';
  let isStale = true;
  let hasErrors = false;
  let update = null;
  let timer = null;

  // The frame says to the editor that it can be checked. Only Wagtail's own preview should.
  window.addEventListener('message', (event) => {
    if (frame && event.source === frame.contentWindow) event.stopImmediatePropagation();
  });

  const listItem = (line) => {
    const item = document.createElement('li');
    const parts = heard.lineParts(line, say);
    Object.entries(parts).forEach(([key, text]) => {
      if (!text) return;
      const span = document.createElement('span');
      span.className = `careers-heard__${key}`;
      span.textContent = text;
      // Read in the voice of the page, not in that of the editor.
      if (key === 'name' && line.language) span.lang = line.language;
      if (key === 'name') span.dir = 'auto';
      item.append(...(item.childNodes.length ? [' '] : []), span);
    });
    return item;
  };

  // Lists in lists, as the lines are inside each other.
  const show = (lines) => {
    const top = document.createElement('ol');
    const open = [top];
    lines.forEach((line) => {
      const depth = Math.min(line.depth, open.length);
      if (depth === open.length) {
        const inner = document.createElement('ol');
        open.at(-1).lastElementChild.append(inner);
        open.push(inner);
      }
      open.length = depth + 1;
      open[depth].append(listItem(line));
    });
    container.replaceChildren(top);
  };

  const loaded = (element) =>
    new Promise((resolve, reject) => {
      element.addEventListener('load', resolve, { once: true });
      element.addEventListener('error', () => reject(new Error(element.src)), { once: true });
    });

  const loadFrame = async (url) => {
    const next = document.createElement('iframe');
    next.inert = true;
    next.tabIndex = -1;
    next.width = WIDTH;
    next.height = HEIGHT;
    next.src = url;
    const isLoaded = loaded(next);
    frame?.remove();
    frame = next;
    part('page').append(next);
    await isLoaded;
    return next;
  };

  // axe-core is in a preview with Wagtail's user bar, and comes from Wagtail in one without.
  const axeOf = async (frameWindow) => {
    if (!frameWindow.axe) {
      const scripts = panel.dataset.careersHeardScripts.split(' ').map((src) => {
        const script = frameWindow.document.createElement('script');
        script.src = src;
        script.async = false;
        return script;
      });
      const areLoaded = Promise.all(scripts.map(loaded));
      frameWindow.document.head.append(...scripts);
      await areLoaded;
    }
    return frameWindow.axe;
  };

  const readFrame = async ({ contentWindow, contentDocument }) => {
    if (!contentDocument) {
      announce(
        'The preview cannot be read, because it is on another site. ' +
          'Ask your developer to serve previews from this site.',
      );
      return;
    }
    const axe = await axeOf(contentWindow);
    const root = contentDocument.documentElement;
    const lines = heard.withTree(axe, root, () => heard.transcribe(root, axe, vocabulary, say));
    const text = JSON.stringify(lines.map((line) => [line.depth, heard.lineParts(line, say)]));
    if (text === shown) {
      announce('The transcript did not change.');
      return;
    }
    shown = text;
    show(lines);
    announce('The transcript has %s lines.', lines.length);
  };

  const load = async () => {
    announce('Loading the transcript…');
    isStale = false;
    // Wagtail puts another panel with another address here when a new page has been saved.
    const url = previewPanel().dataset.wPreviewUrlValue;
    const form = find('[data-edit-form]');
    const response = await fetch(url, { method: 'POST', body: new FormData(form) });
    if (!response.ok || response.redirected) throw new Error(response.statusText);
    const { is_valid: isValid } = await response.json();
    hasErrors = !isValid;
    if (hasErrors) {
      announce(
        'The page has errors, so the transcript is out of date. Save a draft to see the errors.',
      );
      return;
    }
    const frameUrl = new URL(url, window.location.href);
    frameUrl.searchParams.set('in_preview_panel', 'true');
    await readFrame(await loadFrame(frameUrl.href));
  };

  const updates = {
    start() {
      update ??= load()
        .catch(() => {
          announce('The preview could not be loaded. Check your connection, then try again.');
        })
        .finally(() => {
          update = null;
          updates.startIfStale();
        });
    },

    startIfStale() {
      window.clearTimeout(timer);
      if (isStale && !sidePanel.hidden) timer = window.setTimeout(updates.start, PAUSE);
    },
  };

  document.addEventListener('w-unsaved:add', () => {
    isStale = true;
    updates.startIfStale();
  });
  // What was saved has no errors any more: a new page has none once it has an address.
  document.addEventListener('w-autosave:success', () => {
    if (!hasErrors) return;
    isStale = true;
    updates.startIfStale();
  });
  sidePanel.addEventListener('show', () => isStale && updates.start());
  part('update').addEventListener('click', updates.start);
})();
