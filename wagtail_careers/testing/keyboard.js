const WALK = Symbol.for('wagtail-careers keyboard walk');

const STILL = `* {
  animation: none !important;
  scroll-behavior: auto !important;
  transition: none !important;
}`;

// Lists the elements that Tab should reach, with their looks without focus, and sets the starting
// point of the walk to the top of the page. Returns the number of stops.
function start() {
  const removeStyle = addStyle(STILL);
  document.activeElement?.blur();
  window.scrollTo(0, 0);
  const stops = all(TARGETS)
    .filter(isStop)
    .map((element) => ({
      element,
      looks: looks(element),
      box: firstBox(element),
      isReached: false,
    }));
  const restoreFocus = watchFocus();
  window[WALK] = {
    stops,
    removeStyle,
    restoreFocus,
    last: -1,
    path: [],
    presses: 0,
    suspect: null,
  };
  const { body } = document;
  const tabindex = body.getAttribute('tabindex');
  body.tabIndex = -1;
  body.focus({ preventScroll: true });
  body.blur();
  if (tabindex === null) body.removeAttribute('tabindex');
  else body.setAttribute('tabindex', tabindex);
  window[WALK].isMoved = false;
  return stops.length;
}

// Notes when a script moves the focus. Returns a function that ends this.
function watchFocus() {
  const prototypes = [HTMLElement.prototype, SVGElement.prototype];
  const originals = prototypes.map(({ focus }) => focus);
  prototypes.forEach((prototype, index) => {
    prototype.focus = function focus(...options) {
      window[WALK].isMoved = true;
      return originals[index].apply(this, options);
    };
  });
  return () =>
    prototypes.forEach((prototype, index) => {
      prototype.focus = originals[index];
    });
}

function isStop(element) {
  if (element.tabIndex < 0 || element.matches(':disabled, [inert], [inert] *')) return false;
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  if (!element.getClientRects().length) return false;
  if (element.type !== 'radio' || !element.name) return true;
  // A group of radio buttons is one stop: the selected one, or else the first.
  const { name, form } = element;
  const radios = all('input[type="radio"]');
  const group = radios.filter((other) => other.name === name && other.form === form);
  return element === (group.find((other) => other.checked) ?? group[0]);
}

// The first box in coordinates of the page, which do not change when it scrolls.
function firstBox(element) {
  const [box] = element.getClientRects();
  return new DOMRect(box.left + window.scrollX, box.top + window.scrollY, box.width, box.height);
}

// Returns the problems of the stop that has the focus, whether it may be a trap, and whether the
// walk is over: because the focus has left the page after the last stop, or is trapped.
function observe() {
  const walk = window[WALK];
  const index = walk.stops.findIndex(({ element }) => element === document.activeElement);
  const problems = [];
  if (index >= 0 && !walk.stops[index].isReached) {
    const stop = walk.stops[index];
    problems.push(
      ...orderProblems(walk.stops, walk.last, index),
      ...indicatorProblems(stop),
      ...coverProblems(stop),
    );
    stop.isReached = true;
    walk.last = index;
  }
  const trap = trapProblems(walk, document.activeElement);
  walk.isTrapped = trap.length > 0;
  const isDone = !walk.path.length && walk.stops.every(({ isReached }) => isReached);
  return {
    problems: [...problems, ...trap],
    isSuspicious: walk.suspect !== null,
    isOver: walk.isTrapped || isDone,
  };
}

// Starts a walk that observes where each press of Tab has led, before the next one, until it is over.
function startWatching() {
  const number = start();
  const walk = window[WALK];
  walk.problems = [];
  walk.note = () => {
    walk.isUnusual ||= walk.isMoved;
    if (walk.isOver) return;
    const { problems, isSuspicious, isOver } = observe();
    walk.problems.push(...problems);
    walk.isUnusual ||= isSuspicious;
    walk.isOver = isOver;
  };
  window.addEventListener('keydown', walk.note, true);
  return number;
}

// Returns the problems of the walk and of its end, and whether they are all there are: not if
// something may be a trap, if a script has moved the focus, or if there is more to walk.
function finishWatching() {
  const walk = window[WALK];
  window.removeEventListener('keydown', walk.note, true);
  walk.note();
  return { isWhole: walk.isOver && !walk.isUnusual, problems: [...walk.problems, ...finish()] };
}

// WCAG 2.1.2 No Keyboard Trap. ``path`` has the elements with the focus since it was outside the
// page. An element that comes again is a trap if Escape does not help: then the focus is on an
// element of the same round after the next press.
function trapProblems(walk, element) {
  const { suspect, path, isMoved } = walk;
  walk.suspect = null;
  walk.isMoved = false;
  if (!element || element === document.body || element === document.documentElement) {
    walk.path = [];
    return [];
  }
  if (suspect) {
    if (suspect.round.includes(element)) return [trapProblem(suspect)];
    walk.path = [element];
    return [];
  }
  const before = path.at(-1);
  walk.presses = element === before ? walk.presses + 1 : 0;
  const isStuck = walk.presses > partsOf(element);
  const again = element === before ? -1 : path.indexOf(element);
  if (again === 0 && !isMoved) {
    // After the last element of a page, a browser without toolbars can go on with the first one.
    walk.path = [];
    return [];
  }
  if (isStuck) walk.suspect = { element, round: [element] };
  else if (again >= 0) walk.suspect = { element: before, round: path.slice(again) };
  if (element !== before) path.push(element);
  return [];
}

function trapProblem({ element, round: [first] }) {
  const way = first === element ? 'keep the focus on it' : `lead back to ${describe(first)}`;
  const message = `from this element, Tab and Escape ${way}`;
  return problem('keyboard-trap', message, element);
}

// The number of further Tab stops inside an element, at most.
function partsOf(element) {
  if (element.matches('iframe, object, embed, audio, video')) return Infinity;
  const isComposed = element.matches(
    '[type^="date"], [type="time"], [type="month"], [type="week"]',
  );
  return isComposed || element.localName.includes('-') || element.shadowRoot ? 12 : 0;
}

function finish() {
  const { stops, removeStyle, restoreFocus, isTrapped } = window[WALK];
  // A skip link that has the focus, after the walk has come round, covers what is below it.
  document.activeElement?.blur();
  window.scrollTo(0, 0);
  removeStyle();
  restoreFocus();
  Reflect.deleteProperty(window, WALK);
  // Behind a trap, nothing can be reached.
  return (isTrapped ? [] : stops)
    .filter(({ isReached }) => !isReached)
    .map(({ element }) =>
      problem('keyboard-unreachable', 'Tab does not reach this element', element),
    );
}

function orderProblems(stops, last, index) {
  const { element, box } = stops[index];
  const report = (message) => [problem('focus-order', message, element)];
  if (element.tabIndex > 0) return report('a positive tabindex moves this element out of order');
  if (last < 0) return [];
  if (index < last)
    return report('Tab reaches this element after one that comes later in the page');
  const before = stops[last];
  const sameColumn = box.left < before.box.right && before.box.left < box.right;
  if (sameColumn && box.bottom <= before.box.top)
    return report('this element is above the previous stop');
  const group = ({ parentElement }) => parentElement.parentElement;
  const siblings = group(element) === group(before.element);
  const sameRow = box.top < before.box.bottom && before.box.top < box.bottom;
  const isRtl = getComputedStyle(element.parentElement).direction === 'rtl';
  const isBefore = isRtl ? box.left >= before.box.right : box.right <= before.box.left;
  if (siblings && sameRow && isBefore)
    return report('this element is before the previous stop in the line');
  return [];
}

// Focus can show on the element, its pseudo-elements, its labels and the elements around it.
const LOOKS = [
  'backgroundColor',
  'backgroundImage',
  'boxShadow',
  'borderTopColor',
  'borderRightColor',
  'borderBottomColor',
  'borderLeftColor',
  'borderTopWidth',
  'borderRightWidth',
  'borderBottomWidth',
  'borderLeftWidth',
  'textDecorationLine',
  'textDecorationStyle',
  'textDecorationThickness',
  'content',
];

const ABSENT = { outline: 'none', rest: '' };

function looks(element) {
  const { parentElement } = element;
  const places = [element, ...(element.labels ?? []), parentElement, parentElement?.parentElement];
  return places.filter(Boolean).flatMap((place) =>
    [null, '::before', '::after'].map((pseudo) => {
      const style = getComputedStyle(place, pseudo);
      if (pseudo && style.content === 'none') return ABSENT;
      return { outline: outline(style), rest: LOOKS.map((property) => style[property]).join() };
    }),
  );
}

function outline({ outlineStyle, outlineWidth, outlineColor }) {
  const hasWidth = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  const isDrawn = hasWidth && rgba(outlineColor)[3] > 0;
  return isDrawn ? `${outlineStyle} ${outlineWidth} ${outlineColor}` : 'none';
}

function indicatorProblems({ element, looks: before }) {
  const shown = [element, ...(element.labels ?? [])].some(
    (part) => isShown(part) && !isCutAway(part) && part.getClientRects().length,
  );
  const invisible = (message) => [problem('focus-visible', message, element)];
  if (!shown) return invisible('this element is not visible while it has the focus');
  const after = looks(element);
  if (after.some(({ rest }, index) => rest !== before[index]?.rest)) return [];
  const outlines = after.filter(
    (look, index) => look.outline !== 'none' && look.outline !== before[index]?.outline,
  );
  if (!outlines.length) return invisible('this element has no visible focus indicator');
  const contrast = outlineContrast(element);
  if (outlines.length > 1 || contrast >= 3) return [];
  const message = `the focus outline has a contrast of ${contrast.toFixed(1)}:1, and needs 3:1`;
  return [problem('focus-contrast', message, element)];
}

// Infinity if the contrast is unknown: for the browser's own ring, or with a picture behind.
function outlineContrast(element) {
  const style = getComputedStyle(element);
  if (outline(style) === 'none' || style.outlineStyle === 'auto') return Infinity;
  const isInside = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth) <= 0;
  const behind = background(isInside ? element : element.parentElement);
  if (!behind) return Infinity;
  const front = luminance(blend(rgba(style.outlineColor), behind));
  const back = luminance(behind);
  return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
}

function background(element) {
  const layers = [];
  for (let node = element; node; node = node.parentElement) {
    const style = getComputedStyle(node);
    if (style.backgroundImage !== 'none') return null;
    layers.unshift(rgba(style.backgroundColor));
    if (layers[0][3] === 1) break;
  }
  return layers.reduce((behind, layer) => blend(layer, behind), canvasColor());
}

// The colour of a page without a background: white, nearly black, or the reader's choice.
function canvasColor() {
  const probe = document.createElement('span');
  probe.style.color = 'Canvas';
  document.documentElement.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return rgba(color);
}

// Pages have few colours, and reading one from a canvas takes long.
const colors = new Map();

function rgba(color) {
  if (!colors.has(color)) colors.set(color, painted(color));
  return colors.get(color);
}

function painted(color) {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

const blend = (front, behind) =>
  [0, 1, 2].map((i) => front[i] * front[3] + behind[i] * (1 - front[3])).concat(1);

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance(color) {
  const [red, green, blue] = color.slice(0, 3).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// WCAG 2.4.11 Focus Not Obscured (Minimum): one of these places must be visible.
const PLACES = [
  [0.5, 0.5],
  [0.1, 0.1],
  [0.9, 0.1],
  [0.1, 0.9],
  [0.9, 0.9],
];

function coverProblems({ element }) {
  const points = [...element.getClientRects()].flatMap(({ left, top, width, height }) =>
    PLACES.map(([x, y]) => [left + x * width, top + y * height]),
  );
  const labels = [...(element.labels ?? [])];
  const isOnTop = ([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (hit.contains(element) || element.contains(hit) || labels.includes(hit));
  };
  if (points.some(isOnTop)) return [];
  const message = 'this element is covered while it has the focus';
  return [problem('focus-obscured', message, element)];
}
