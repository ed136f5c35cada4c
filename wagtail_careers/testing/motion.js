const SECONDS = 5;

function endlessMotion() {
  const animated = document
    .getAnimations()
    .filter(({ playState }) => playState === 'running')
    .filter(({ effect }) => effect?.getComputedTiming().endTime > SECONDS * 1000)
    .map(({ effect }) => effect.target);
  const videos = all('video[autoplay]:not([controls])').filter(
    (video) => !video.paused && (video.loop || video.duration > SECONDS),
  );
  return [...new Set([...animated, ...videos])]
    .filter((element) => element && isShown(element))
    .map((element) =>
      problem('motion', `this element moves for more than ${SECONDS} seconds`, element),
    );
}

// Without buttons and fields, which scripts may add for what only they can do.
function visibleTexts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const isControl = parentElement.closest('button, label, select, [role="button"], noscript');
    if (data.trim() && !isControl && isShown(parentElement)) {
      texts.push(data.replace(/\s+/g, ' ').trim().slice(0, SNIPPET));
    }
  }
  return texts;
}
