// Shows the progress of a replacement, and continues it if no worker does.
// Without this script, the button of the form does the same, one step at a time.
(() => {
  const PAUSE = 1000;
  const form = document.querySelector('[data-careers-progress]');
  const bar = form.querySelector('progress');
  const text = form.querySelector('[data-careers-progress-text]');

  const step = async () => {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new FormData(form),
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    // The button stays available for another attempt.
    if (!response.ok) return;
    const progress = await response.json();
    bar.value = progress.done;
    text.textContent = progress.text;
    if (progress.done >= progress.total) window.location.reload();
    else window.setTimeout(step, PAUSE);
  };

  window.setTimeout(step, PAUSE);
})();
