const HIGHLIGHT = Symbol.for('wagtail-careers highlight');

const OUTLINE = `[data-careers-problem] {
  outline: 4px solid #d4351c !important;
  outline-offset: 2px !important;
}`;

function highlight(selector) {
  const element = elementAt(selector);
  element?.setAttribute('data-careers-problem', '');
  element?.scrollIntoView({ block: 'center', behavior: 'instant' });
  window[HIGHLIGHT] = { element, removeStyle: addStyle(OUTLINE) };
}

// In a shadow tree, the selector matches nothing.
function elementAt(selector) {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

function showAsBefore() {
  const { element, removeStyle } = window[HIGHLIGHT];
  element?.removeAttribute('data-careers-problem');
  removeStyle();
  Reflect.deleteProperty(window, HIGHLIGHT);
}
