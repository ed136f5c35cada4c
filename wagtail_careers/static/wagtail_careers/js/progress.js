// Shows how far a replacement is, and moves it on where no other process does the work.
// Without this script the form's button does the same, step by step.
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
    // The button stays, for whoever wants to try again.
    if (!response.ok) return;
    const progress = await response.json();
    bar.value = progress.done;
    text.textContent = progress.text;
    if (progress.done >= progress.total) window.location.reload();
    else window.setTimeout(step, PAUSE);
  };

  window.setTimeout(step, PAUSE);
})();
