const nameProblems = () => [...invisibleNames(), ...sameNames(), ...sameHeadings()];

const LINKS = 'a[href], area[href], [role="link"]';
const BUTTONS = 'button, [role="button"], summary';
const HEADINGS = 'h1, h2, h3, h4, h5, h6, [role="heading"]';

// What has no shape: white space, controls, and characters that fonts leave out.
const NOTHING = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu;

const isVisible = (text) => text.replace(NOTHING, '') !== '';
const plain = (text) =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

// Roughly the name that assistive technology uses: https://www.w3.org/TR/accname-1.2/
function nameOf(element) {
  const ids = element.getAttribute('aria-labelledby')?.trim().split(/\s+/) ?? [];
  const labels = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  return (
    [labels, element.getAttribute('aria-label') ?? '', contentOf(element)].find((text) =>
      text.trim(),
    ) ??
    element.getAttribute('title') ??
    ''
  );
}

function contentOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute('aria-hidden') === 'true') return '';
  if (!isShown(node)) return '';
  const own = node.getAttribute('aria-label') ?? node.getAttribute('alt');
  if (own?.trim()) return own;
  return [...node.childNodes].map(contentOf).join('');
}

const named = (selector) =>
  all(selector)
    .filter((element) => isShown(element) && !element.closest('[aria-hidden="true"]'))
    .map((element) => ({ element, name: nameOf(element) }));

// axe reports the names that are empty.
function invisibleNames() {
  const kinds = { link: LINKS, button: BUTTONS, heading: HEADINGS };
  return Object.entries(kinds).flatMap(([kind, selector]) =>
    named(selector)
      .filter(({ name }) => name.trim() && !isVisible(name))
      .map(({ element }) =>
        problem(`invisible-${kind}`, `the text of this ${kind} cannot be seen`, element),
      ),
  );
}

function sameNames() {
  const headings = all(HEADINGS).filter(isShown);
  const first = new Map();
  return named('a[href]').flatMap(({ element, name }) => {
    const key = JSON.stringify([plain(name).toLowerCase(), ...surroundings(element, headings)]);
    const before = first.get(key);
    if (!isVisible(name) || before === undefined) {
      first.set(key, element.href);
      return [];
    }
    if (before === element.href) return [];
    const message = `another “${plain(name)}” before this link leads elsewhere, to ${before}`;
    return [problem('same-name', message, element)];
  });
}

// WCAG's "programmatically determined link context".
function surroundings(element, headings) {
  const block = element.closest('p, li, td, th, dt, dd, figure, article, section, nav');
  const place = document.createRange();
  place.selectNode(element);
  const heading = headings.filter((each) => place.comparePoint(each, 0) < 0).at(-1);
  return [plain(block?.textContent ?? ''), plain(heading?.textContent ?? '')];
}

function sameHeadings() {
  const outline = [];
  const seen = new Set();
  return named(HEADINGS).flatMap(({ element, name }) => {
    const level = Number(element.getAttribute('aria-level') ?? element.localName.slice(1));
    outline.length = Math.max(level - 1, 0);
    outline[level - 1] = plain(name).toLowerCase();
    const key = JSON.stringify([...outline]);
    if (!isVisible(name) || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      problem('same-heading', `another heading before this one is “${plain(name)}”`, element),
    ];
  });
}
