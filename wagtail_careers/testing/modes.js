const ADDED = Symbol.for('wagtail-careers text spacing');

function addSpacing() {
  window[ADDED] = addStyle(SPACING);
}

function removeSpacing() {
  window[ADDED]?.();
  Reflect.deleteProperty(window, ADDED);
}

// Returns the page's own direction; null if it has none.
function setDirection(direction) {
  const root = document.documentElement;
  const before = root.getAttribute('dir');
  if (direction === null) root.removeAttribute('dir');
  else root.setAttribute('dir', direction);
  return before;
}
