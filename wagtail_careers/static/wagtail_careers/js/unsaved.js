// Keeps Wagtail's editor aware of unsaved changes where it stops watching for them.
// docs/explanation/wagtail-interfaces.md has the causes, and a test for each.
document.addEventListener('DOMContentLoaded', () => {
  // Longer than Wagtail needs to notice a change.
  const NOTICE_MS = 1500;
  const IGNORED = /^(comments-|csrfmiddlewaretoken$|loaded_revision_|next$|overwrite_revision_id$)/;

  const form = document.querySelector('form[data-edit-form]');
  if (!form) return;

  const setValue = (name, value) => form.setAttribute(`data-w-unsaved-${name}-value`, value);

  const isForced = () => form.getAttribute('data-w-unsaved-force-value') === 'true';

  const valuesOf = (data) => {
    const values = [...data.entries()].filter(([name]) => !IGNORED.test(name));
    return new URLSearchParams(
      values.map(([name, value]) => [name, value instanceof File ? value.name : value]),
    ).toString();
  };

  // Wagtail notices a change some time after it, and asks on leaving only then.
  let typedAt = -Infinity;
  const noteTyping = () => {
    typedAt = performance.now();
  };
  ['beforeinput', 'input', 'change', 'cut', 'drop', 'paste'].forEach((type) =>
    form.addEventListener(type, noteTyping),
  );
  form.addEventListener('keydown', ({ key, target }) => {
    // The rich-text editor handles these itself, and no other event follows.
    const isEdit = key.length === 1 || ['Backspace', 'Delete', 'Enter'].includes(key);
    if (isEdit && target.isContentEditable) noteTyping();
  });
  window.addEventListener(
    'beforeunload',
    () => {
      const isRecent = performance.now() - typedAt < NOTICE_MS;
      if (isRecent || isForced()) setValue('has-edits', true);
    },
    { capture: true },
  );

  // Wagtail begins to watch the form two seconds after it is there, and takes what was typed until
  // then for what was there before.
  form.addEventListener(
    'w-unsaved:watch-edits',
    () => {
      if (typedAt > 0) setValue('force', true);
    },
    { once: true },
  );

  // After a refused publication, the form has unsaved changes from the start, and Wagtail does not
  // begin to watch it. It does when the interval changes, once the changes are saved.
  let isWatched = !isForced();
  const watch = () => {
    if (isWatched) return;
    isWatched = true;
    setValue('check-interval', 501);
    // Otherwise, to reload the page would be to send the refused form again, older than the draft.
    window.history.replaceState(null, '', window.location.href);
  };

  // Wagtail takes for saved whatever is in the form when the server has answered, even what was
  // typed after the request was sent.
  let sent = null;
  let lastSaved = null;
  form.addEventListener('w-autosave:save', ({ detail }) => {
    sent = detail.formData;
  });
  document.addEventListener('w-autosave:success', ({ target, detail }) => {
    if (target !== form) return;
    watch();
    if (!sent) return;
    Object.entries(detail.response?.field_updates || {}).forEach(([name, value]) => {
      if (sent.has(name)) sent.set(name, value);
    });
    const now = valuesOf(new FormData(form));
    // A form that is the same as after the last save would be saved for ever.
    if (valuesOf(sent) !== now && now !== lastSaved) setValue('force', true);
    lastSaved = now;
  });
});
