// Marks the elements of a preview that have findings, for Wagtail's content checker.
// Axe selects the marked elements: each rule about content is an axe rule (see
// ``wagtail_careers.admin.content_checks``). Runs in the preview, before Wagtail starts axe.
(() => {
  const ATTRIBUTE = 'data-careers-findings';
  // Axe leaves longer values out of the selectors that it shows to editors.
  const LENGTH = 32;
  const userbar = window.wagtail?.userbar;
  const data = userbar?.shadowRoot?.getElementById('careers-findings');
  if (!data) return;

  const oneLine = (text) => text.replace(/\s+/g, ' ');

  // The text of an element as one line, with the node and the offset of each character.
  const readText = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT + NodeFilter.SHOW_ELEMENT);
    const characters = [];
    let text = '';
    const add = (character, node, offset) => {
      const isSpace = /\s/.test(character);
      if (isSpace && text.endsWith(' ')) return;
      text += isSpace ? ' ' : character;
      characters.push({ node, offset });
    };
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeName === 'BR') add(' ', node, 0);
      if (node.nodeType === Node.TEXT_NODE) {
        for (let at = 0; at < node.data.length; at += 1) add(node.data[at], node, at);
      }
    }
    return { text, characters };
  };

  // The range of the given occurrence of a text in an element, or else of its last one.
  const findText = (root, wanted, occurrence) => {
    const { text, characters } = readText(root);
    let start = -1;
    for (let seen = 0; seen <= occurrence; seen += 1) {
      const next = text.indexOf(wanted, start + 1);
      if (next < 0) break;
      start = next;
    }
    if (start < 0) return null;
    const range = document.createRange();
    const first = characters[start];
    const last = characters[start + wanted.length - 1];
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset + 1);
    return range;
  };

  // The element with exactly the text of a range: one that is there, or a new one around it.
  const elementOf = (range) => {
    const { startContainer, endContainer, commonAncestorContainer } = range;
    const text = oneLine(range.toString()).trim();
    let element = commonAncestorContainer;
    if (element.nodeType !== Node.ELEMENT_NODE) element = element.parentElement;
    if (startContainer !== endContainer || oneLine(element.textContent).trim() === text) {
      return element;
    }
    const wrapper = document.createElement('span');
    range.surroundContents(wrapper);
    return wrapper;
  };

  const main = document.querySelector('main, [role="main"]') || document.body;
  const title = () => main.querySelector('h1') || document.querySelector('h1') || main;

  const locate = ({ anchor, text, occurrence, section }) => {
    const root = (anchor && document.getElementById(anchor)) || null;
    const wanted = oneLine(text).trim();
    const isAboutPage = !section && !anchor && occurrence === 0;
    const places = [root, isAboutPage && title(), main].filter(Boolean);
    for (const place of wanted ? places : []) {
      const range = findText(place, wanted, place === main && root ? 0 : occurrence);
      if (range) return elementOf(range);
    }
    return root?.querySelector('h2, h3') || root || title();
  };

  // For the script of the panel, which finds the elements by the ids that axe shows.
  const marked = new Map();
  window.wagtailCareersFindings = marked;

  JSON.parse(data.textContent).forEach((finding, number) => {
    const element = locate(finding);
    element.id ||= `careers-finding-${number + 1}`;
    marked.set(element, [...(marked.get(element) || []), finding]);
    const rules = new Set((element.getAttribute(ATTRIBUTE) || '').split(' ').filter(Boolean));
    rules.add(finding.rule);
    element.setAttribute(ATTRIBUTE, [...rules].join(' ').padEnd(LENGTH));
  });

  // The selector of each rule has found the element already.
  userbar.registerCheck('careers-finding', () => false);
})();
