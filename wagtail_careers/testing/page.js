// Functions that the checks share. They run inside one function, so nothing stays in the page.

const TARGETS = [
  'a[href]',
  'area[href]',
  'button',
  'input:not([type="hidden"])',
  'select',
  'textarea',
  'summary',
  'audio[controls]',
  'video[controls]',
  '[contenteditable]:not([contenteditable="false"])',
  '[tabindex]:not([tabindex^="-"])',
].join(',');

const all = (selector) => [...document.querySelectorAll(selector)];

// An element and its ancestors, up to but not including the body.
function ancestors(element) {
  const found = [];
  for (let node = element; node && node !== document.body; node = node.parentElement) {
    found.push(node);
  }
  return found;
}

function isShown(element) {
  // An element without a box reports itself as invisible, whatever it contains.
  if (getComputedStyle(element).display === 'contents') return isShown(element.parentElement);
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

// Hidden from sight on purpose, as skip links and labels for screen readers are.
function isCutAway(element, style = getComputedStyle(element)) {
  const { width, height } = element.getBoundingClientRect();
  const clipsBox = style.overflowX !== 'visible' || style.contain.includes('paint');
  return (
    (clipsBox && (width <= 1 || height <= 1)) ||
    /^inset\((50|100)%/.test(style.clipPath) ||
    (style.clip !== 'auto' && style.position === 'absolute')
  );
}

function describe(element) {
  const parts = [];
  for (let node = element; node?.nodeType === Node.ELEMENT_NODE; node = node.parentElement) {
    if (node.id) {
      parts.unshift(`#${CSS.escape(node.id)}`);
      break;
    }
    const name = node.localName;
    const alike = [...(node.parentElement?.children ?? [])].filter((el) => el.localName === name);
    parts.unshift(alike.length > 1 ? `${name}:nth-of-type(${alike.indexOf(node) + 1})` : name);
  }
  return parts.join(' > ');
}

const SNIPPET = 200;

// A problem of one of the rules in rules.py.
function problem(rule, message, element) {
  const { outerHTML } = element;
  const html = outerHTML.length > SNIPPET ? `${outerHTML.slice(0, SNIPPET)}…` : outerHTML;
  return { rule, message, target: describe(element), html: legible(html) };
}

// Characters without a shape would look like nothing at all.
const legible = (html) =>
  html
    .replace(/\s+/g, ' ')
    .replace(
      /\p{Default_Ignorable_Code_Point}/gu,
      (character) => `&#x${character.codePointAt(0).toString(16)};`,
    );

// A constructed style sheet works even if a Content-Security-Policy forbids inline styles.
function addStyle(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}

// WCAG 1.4.12 Text Spacing
const SPACING = `
  * {
    letter-spacing: 0.12em !important;
    line-height: 1.5 !important;
    transition: none !important;
    word-spacing: 0.16em !important;
  }
  p { margin-block-end: 2em !important; }
`;
