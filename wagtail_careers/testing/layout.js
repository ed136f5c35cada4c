// WCAG 1.4.10 Reflow
function horizontalScroll() {
  return wideElements(
    'horizontal-scroll',
    (by) => `this element makes the page scroll sideways by ${by} CSS px`,
  );
}

function printWidth() {
  return wideElements('print-width', (by) => `this element is ${by} CSS px too wide for the paper`);
}

function wideElements(rule, message) {
  const page = document.scrollingElement;
  const by = page.scrollWidth - page.clientWidth;
  if (by <= 0) return [];
  const sticking = all('body *').filter((element) => isShown(element) && sticksOut(element));
  const wide = [...new Set(sticking.map(tooWide))];
  const hasWide = (element) => wide.some((other) => other !== element && element.contains(other));
  const inner = wide.filter((element) => !hasWide(element));
  return (inner.length ? inner : [document.body]).map((element) =>
    problem(rule, message(by), element),
  );
}

// A cell that would fit is not too wide, but its table is. Rows are as wide as the table.
function tooWide(element) {
  const isRow = element.matches('tr, thead, tbody, tfoot');
  const fits = element.scrollWidth <= document.documentElement.clientWidth;
  const isInTable = isRow || (fits && element.closest('td, th'));
  return (isInTable && element.closest('table')) || element;
}

function sticksOut(element) {
  const { clientWidth } = document.documentElement;
  const { left, right, width } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const reach = style.overflowX === 'visible' ? Math.max(width, element.scrollWidth) : width;
  const end = style.direction === 'rtl' ? right : left + reach;
  const start = style.direction === 'rtl' ? right - reach : left;
  return width > 0 && (start < -1 || end > clientWidth + 1) && !isInScroller(element);
}

function isInScroller(element) {
  const parents = ancestors(element.parentElement);
  return parents.some((parent) => getComputedStyle(parent).overflowX !== 'visible');
}

// WCAG 1.4.12 Text Spacing
function clippedText() {
  const removeStyle = addStyle(SPACING);
  try {
    return damagedText('text-spacing', ' when text spacing is increased');
  } finally {
    removeStyle();
  }
}

// WCAG 1.4.4 Resize Text
const cutText = () => damagedText('text-cut', '');

function damagedText(rule, when) {
  const position = [window.scrollX, window.scrollY];
  window.scrollTo({ left: 0, top: 0, behavior: 'instant' });
  try {
    const texts = textNodes().map(measure).filter(Boolean);
    const cut = texts
      .filter((text) => text.isCut)
      .map(({ element, text }) => problem(rule, `“${text}” is cut off${when}`, element));
    return [...cut, ...overlaps(texts, rule, when)];
  } finally {
    window.scrollTo({ left: position[0], top: position[1], behavior: 'instant' });
  }
}

function textNodes() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (data.trim() && isShown(parentElement)) nodes.push(walker.currentNode);
  }
  return nodes;
}

// Returns the visible part of a text's lines, and whether any part is cut off where a reader
// cannot scroll to it. Returns null for text that is hidden on purpose.
function measure(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  let lines = [...range.getClientRects()].filter(({ width, height }) => width && height);
  let isCut = false;
  for (const { box, cutsX, cutsY, hides, isPage } of clips(node.parentElement)) {
    if (hides) return null;
    isCut ||= lines.some(
      (line) =>
        ((cutsX && isBeyondX(line, box)) || (cutsY && isBeyondY(line, box))) &&
        // Text that is entirely outside the page is hidden on purpose.
        (!isPage || intersection(line, box)),
    );
    lines = lines.map((line) => intersection(line, box)).filter(Boolean);
  }
  return { element: node.parentElement, lines, isCut, text: node.data.trim().slice(0, 40) };
}

// The boxes that clip a text inside ``element``.
function* clips(element) {
  let escapes = '';
  for (const node of ancestors(element)) {
    const style = getComputedStyle(node);
    const isPositioned = style.position !== 'static';
    const holds = style.transform !== 'none' || (escapes === 'absolute' && isPositioned);
    if (!escapes || holds) {
      const hides = isCutAway(node, style);
      if (hides || style.display !== 'inline') yield { ...clip(node, style), hides, isPage: false };
      escapes = ['absolute', 'fixed'].includes(style.position) ? style.position : '';
    }
  }
  yield* pageClip();
}

// The overflow of the page applies to the viewport. Readers cannot scroll to before its start.
function* pageClip() {
  const root = document.documentElement;
  const styles = [getComputedStyle(root), getComputedStyle(document.body)];
  const overflow = styles.find((style) => style.overflowX !== 'visible')?.overflowX;
  const isRtl = styles[0].direction === 'rtl';
  const box = {
    left: cuts(overflow) || !isRtl ? 0 : -Infinity,
    right: cuts(overflow) || isRtl ? root.clientWidth : Infinity,
    top: 0,
    bottom: Infinity,
  };
  yield { box, cutsX: true, cutsY: true, hides: false, isPage: true };
}

function clip(element, { overflowX, overflowY }) {
  const { left, top } = element.getBoundingClientRect();
  const x = left + element.clientLeft;
  const y = top + element.clientTop;
  const box = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  if (overflowX !== 'visible') Object.assign(box, { left: x, right: x + element.clientWidth });
  if (overflowY !== 'visible') Object.assign(box, { top: y, bottom: y + element.clientHeight });
  return { box, cutsX: cuts(overflowX), cutsY: cuts(overflowY) };
}

const cuts = (overflow) => overflow === 'hidden' || overflow === 'clip';

// The box of a line can stick out a little without cutting off any letter.
const isBeyondX = (line, box) => line.left < box.left - 2 || line.right > box.right + 2;
const isBeyondY = (line, box) => line.top < box.top - 4 || line.bottom > box.bottom + 4;

function intersection(one, other) {
  const left = Math.max(one.left, other.left);
  const top = Math.max(one.top, other.top);
  const right = Math.min(one.right, other.right);
  const bottom = Math.min(one.bottom, other.bottom);
  return left < right && top < bottom ? { left, top, right, bottom } : null;
}

function overlaps(texts, rule, when) {
  const lines = texts
    .filter(({ element }) => !isFixed(element))
    .flatMap((text) => text.lines.map((box) => ({ ...text, box })))
    .sort((one, other) => one.box.top - other.box.top);
  const found = new Map();
  lines.forEach((line, index) => {
    for (const other of lines.slice(index + 1)) {
      if (other.box.top >= line.box.bottom) break;
      const common = other.element !== line.element && intersection(line.box, other.box);
      if (common && isWorthReporting(common, line.box)) {
        const message = `“${line.text}” and “${other.text}” overlap${when}`;
        found.set(message, problem(rule, message, other.element));
      }
    }
  });
  return [...found.values()];
}

// The boxes of tight lines touch without covering any letter.
const isWorthReporting = (common, line) =>
  common.right - common.left >= 3 && common.bottom - common.top >= (line.bottom - line.top) / 3;

// Elements that stay in place while the page scrolls can cover it.
const isFixed = (element) =>
  ancestors(element).some((node) => getComputedStyle(node).position === 'fixed');

// WCAG 2.5.8 Target Size (Minimum)
const SIZE = 24;

function smallTargets() {
  const targets = all(TARGETS)
    .filter((element) => isShown(element) && !isCutAway(element) && !element.disabled)
    .map((element) => ({ element, boxes: boxesOf(element) }))
    .filter(({ boxes }) => boxes.length);
  const small = targets.filter(({ boxes }) => !boxes.some(isLargeEnough));
  const isAlone = (target) => targets.every((other) => other === target || isClear(target, other));
  return small
    .filter(({ element }) => !isInSentence(element) && !isDrawnByBrowser(element))
    .filter((target) => !isAlone(target))
    .map(({ element, boxes: [box] }) => {
      const size = `${Math.round(box.width)} by ${Math.round(box.height)} CSS px`;
      const message = `the target is ${size}, and another target is closer than ${SIZE} CSS px`;
      return problem('small-target', message, element);
    });
}

const isLargeEnough = ({ width, height }) => width >= SIZE - 0.5 && height >= SIZE - 0.5;

// A link that wraps has a box for each line. Other targets include the elements inside them.
function boxesOf(element) {
  const boxes = [...element.getClientRects()];
  if (boxes.length > 1) return boxes;
  const parts = [element, ...(element.labels ?? []), ...element.querySelectorAll('*')];
  const sizes = parts
    .map((part) => part.getBoundingClientRect())
    .filter(({ width, height }) => width && height);
  if (!sizes.length) return [];
  const left = Math.min(...sizes.map((size) => size.left));
  const top = Math.min(...sizes.map((size) => size.top));
  const width = Math.max(...sizes.map((size) => size.right)) - left;
  const height = Math.max(...sizes.map((size) => size.bottom)) - top;
  return [new DOMRect(left, top, width, height)];
}

function isInSentence(element) {
  if (getComputedStyle(element).display !== 'inline') return false;
  let block = element.parentElement;
  while (getComputedStyle(block).display === 'inline') block = block.parentElement;
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (/[\p{L}\p{N}]/u.test(data) && !parentElement.closest(TARGETS)) return true;
  }
  return false;
}

const isDrawnByBrowser = (element) =>
  ['checkbox', 'radio'].includes(element.type) && getComputedStyle(element).appearance === 'auto';

// Returns whether a circle of the minimum size around the target touches neither the other target
// nor, if the other is small too, the circle around it.
function isClear(target, other) {
  return target.boxes.every((box) => {
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    return other.boxes.every((near) => {
      const dx = Math.max(near.left - x, 0, x - near.right);
      const dy = Math.max(near.top - y, 0, y - near.bottom);
      if (Math.hypot(dx, dy) < SIZE / 2) return false;
      if (isLargeEnough(near)) return true;
      return Math.hypot(near.left + near.width / 2 - x, near.top + near.height / 2 - y) >= SIZE;
    });
  });
}
