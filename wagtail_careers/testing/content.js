const fieldsAndTitles = () => [...secondHeadings(), ...stolenLabels(), ...placeholderLabels()];

// WCAG 1.3.1 Info and Relationships
function secondHeadings() {
  const titles = all('h1, [role="heading"][aria-level="1"]').filter(isShown);
  return titles
    .slice(1)
    .map((element) => problem('second-title', 'this is another title (h1) of the page', element));
}

// WCAG 3.3.2 Labels or Instructions
function placeholderLabels() {
  const named = ['aria-label', 'aria-labelledby', 'title'];
  const message = 'the only label of this field is a placeholder';
  return all('input[placeholder], textarea[placeholder]')
    .filter(isShown)
    .filter((element) => !element.labels?.length)
    .filter((element) => !named.some((name) => element.getAttribute(name)?.trim()))
    .map((element) => problem('placeholder-label', message, element));
}

// WCAG 4.1.2 Name, Role, Value. Labels name the first of the elements with one id.
function stolenLabels() {
  const message = 'the label of this field belongs to an element with the same id';
  return all('input[id], select[id], textarea[id]')
    .filter((element) => isShown(element) && !element.labels?.length)
    .filter((element) => document.getElementById(element.id) !== element)
    .filter(({ id }) => all('label[for]').some((label) => label.htmlFor === id))
    .map((element) => problem('stolen-label', message, element));
}

// Returns the problem of an element that reacts to clicks, or null.
function clickProblem(element) {
  if (element.nodeType !== Node.ELEMENT_NODE || element.closest('svg *')) return null;
  if (element.matches('html, body') || !isShown(element)) return null;
  const controls = `${TARGETS}, label`;
  const isNative = element.closest('a[href], area[href], button, input, select, textarea, summary');
  if (isNative || element.querySelector(controls) || element.closest('label')) return null;
  if (element.parentElement.closest(controls)) return null;
  // Browsers give a link without an address a tabIndex of 0, and no place in the order of Tab.
  const isUnreachable = element.matches('a:not([href], [tabindex], [contenteditable])');
  if (element.tabIndex < 0 || isUnreachable) {
    return problem(
      'click-without-keyboard',
      'this reacts to clicks, but Tab does not reach it',
      element,
    );
  }
  if (element.role || element.isContentEditable) return null;
  return problem('click-without-role', 'this reacts to clicks, but has no role', element);
}
